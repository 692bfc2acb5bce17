/** A voice that reads Vietnamese, where the phone has one. Nothing is recorded, and nothing is sent: only voices that lie
 * on the phone are used. */
import { signal } from "@preact/signals";

const voices = signal<SpeechSynthesisVoice[]>([]);
const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;

const learn = (): void => {
  voices.value = speech?.getVoices() ?? [];
};
learn();
speech?.addEventListener?.("voiceschanged", learn);

/** Which line is being read; null: silence. */
export const speaking = signal<number | null>(null);

const vietnamese = (): SpeechSynthesisVoice | undefined =>
  voices.value.find((voice) => voice.localService && /^vi\b/i.test(voice.lang.replace("_", "-")));

export const canSpeak = (): boolean => vietnamese() !== undefined;

/** One after the other. */
export function speak(lines: readonly string[], first = 0): void {
  hush();
  const voice = vietnamese();
  if (!speech || !voice) return;
  lines.forEach((text, place) => {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = "vi-VN";
    said.voice = voice;
    said.rate = 0.9;
    said.onstart = () => {
      speaking.value = first + place;
    };
    said.onend = () => {
      if (place === lines.length - 1) speaking.value = null;
    };
    speech.speak(said);
  });
}

export function hush(): void {
  speech?.cancel();
  speaking.value = null;
}
