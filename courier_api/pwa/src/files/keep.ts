/** A file on its way into an act: sealed for the centre once, named by the hash of its plain bytes. */
import { type Bytes, hex, sha256 } from "../acts/bytes.ts";
import { sealForCentre } from "../acts/centre.ts";
import { newId } from "../acts/ids.ts";
import type { Picture } from "../documents/picture.ts";
import { previewOf } from "../documents/preview.ts";
import type { KeptFile } from "../store/db.ts";

export async function keepable(plain: Bytes): Promise<KeptFile> {
  const sealed = await sealForCentre(plain);
  return {
    id: newId(),
    sealed,
    sealed_hash: hex(await sha256(sealed)),
    hash: hex(await sha256(plain)),
    size: plain.length,
    sent: null,
    received: false,
    at: Date.now(),
  };
}

/** A picture and its preview, and how an act names both. */
export async function keptPicture(picture: Picture) {
  const small = await previewOf(picture);
  const original = await kept(picture);
  const preview = small && (await kept(small, true));
  return {
    hash: original.file.hash,
    files: preview ? [preview.file, original.file] : [original.file],
    named: { file: original.named, ...(preview ? { preview: preview.named } : {}) },
  };
}

async function kept({ data, media_type }: Picture, preview?: true) {
  const file = { ...(await keepable(data)), ...(preview && { preview }) };
  return { file, named: { sha256: file.hash, sealed_sha256: file.sealed_hash, bytes: file.size, media_type } };
}
