/** Files go to the centre by tus 1.0.0. Creation is named by the file's own id, so that a lost answer begins nothing
 * anew; a cut loses at most one chunk. */
import { type Bytes, base64, sha256, utf8 } from "../acts/bytes.ts";
import { NotHeard, Refused, request } from "../device/line.ts";
import { type KeptFile, store } from "../store/db.ts";

const PATH = "/api/courier/files";
const TYPE = "application/vnd.tannha.sealed";
const VERSION = { "Tus-Resumable": "1.0.0" };
const CHUNK = 256 * 1024;
/** Another try of ours was in between, or the upload is gone: asked anew. */
const ASK_AGAIN = new Set([404, 409, 410, 460]);

/** All that the centre does not have yet, the smallest first: previews and signatures of the whole day are there before
 * the first original. Throws NotHeard. */
export async function sendFiles(): Promise<void> {
  const waiting = (await (await store()).getAll("files")).filter((file) => !file.received);
  for (const file of waiting.sort((one, other) => one.size - other.size)) {
    if (file.sealed !== null) await send(file, file.sealed);
  }
}

/** Without previews: each goes before what it is a copy of. */
export async function unsentFiles(): Promise<number> {
  return (await (await store()).getAll("files")).filter((file) => !file.received && !file.preview).length;
}

async function send(file: KeptFile, data: Bytes): Promise<void> {
  let offset = file.sent === null ? null : await there(file);
  while (offset === null || offset < data.length) {
    try {
      offset = offset === null ? await create(file, data) : await append(file, data, offset);
    } catch (error) {
      if (!(error instanceof Refused) || !ASK_AGAIN.has(error.status)) throw error;
      offset = await there(file);
    }
    await note({ ...file, sent: offset });
  }
  await note({ ...file, sent: data.length, received: true, sealed: null });
}

async function create(file: KeptFile, data: Bytes): Promise<number> {
  const told = { id: file.id, sha256: file.sealed_hash, media_type: TYPE };
  const metadata = Object.entries(told).map(([name, value]) => `${name} ${base64(utf8(value))}`);
  return offsetOf(
    await request("POST", PATH, {
      headers: {
        ...(await chunked(data.subarray(0, CHUNK))),
        "Upload-Length": `${data.length}`,
        "Upload-Metadata": metadata.join(","),
      },
      body: data.subarray(0, CHUNK),
    }),
  );
}

async function append(file: KeptFile, data: Bytes, offset: number): Promise<number> {
  const part = data.subarray(offset, offset + CHUNK);
  const headers = { ...(await chunked(part)), "Upload-Offset": `${offset}` };
  return offsetOf(await request("PATCH", address(file), { headers, body: part }));
}

async function chunked(part: Bytes): Promise<Record<string, string>> {
  const checksum = `sha256 ${base64(await sha256(part))}`;
  return { ...VERSION, "Content-Type": "application/offset+octet-stream", "Upload-Checksum": checksum };
}

/** How many bytes are there; null for an upload the centre does not know. */
async function there(file: KeptFile): Promise<number | null> {
  try {
    return offsetOf(await request("HEAD", address(file), { headers: VERSION }));
  } catch (error) {
    if (error instanceof Refused && (error.status === 404 || error.status === 410)) return null;
    throw error;
  }
}

const address = (file: KeptFile): string => `${PATH}/${file.id.replaceAll("-", "")}`;

function offsetOf(answer: Response): number {
  const offset = Number(answer.headers.get("Upload-Offset") ?? Number.NaN);
  if (!Number.isInteger(offset)) throw new NotHeard("no offset in the answer");
  return offset;
}

async function note(file: KeptFile): Promise<void> {
  await (await store()).put("files", file);
}

/** Forgets files of days gone by that the centre has. */
export async function tidyFiles(before: number): Promise<void> {
  const shelf = (await store()).transaction("files", "readwrite");
  for (const file of await shelf.store.getAll())
    if (file.received && file.at < before) void shelf.store.delete(file.id);
  await shelf.done;
}
