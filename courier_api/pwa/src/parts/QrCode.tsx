/** A QR code. Dark on white in every theme: another phone reads it. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

export function QrCode({ text, label }: { text: string; label: string }) {
  const path = useSignal<{ size: number; path: string } | null>(null);

  useEffect(() => {
    void import("../fees/picture.ts").then(({ drawn }) => {
      path.value = drawn(text);
    });
  }, [text]);

  if (!path.value) return <div class="transfer-code" />;
  const { size, path: drawnPath } = path.value;
  return (
    <svg class="transfer-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={drawnPath} fill="#000000" />
    </svg>
  );
}
