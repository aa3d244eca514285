import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { LoadFile } from '../lake/manifest.ts';
import type { ObjectStore } from '../lake/object-store.ts';
import { VerificationFailed } from '../runtime/errors.ts';

const readOptions = { highWaterMark: 1024 * 1024 };

/**
 * Uploads a file to a key that must be free, and describes it as a manifest lists it. The checksum that S3 compares is
 * made first, since it takes a tenth of the time of the hash for the manifest, which is made during the upload.
 */
export async function landFile(
  lake: ObjectStore,
  key: string,
  path: string,
  rows: number,
): Promise<LoadFile> {
  const { size: bytes } = await stat(path);
  const checksum = await crc32Of(path);
  const sha256 = createHash('sha256');
  const [outcome] = await Promise.all([
    lake.putFile(key, path, { bytes, crc32: checksum }, { expectedETag: null }),
    pipeline(createReadStream(path, readOptions), sha256),
  ]);
  // The client may have sent it twice and lost the first answer; a load id is ours alone, so the object is, too.
  if (outcome === 'conflict')
    throw new VerificationFailed(`another write to ${key} was under way; run it again`);
  return { uri: lake.uri(key), bytes, rows, sha256: sha256.digest('hex') };
}

async function crc32Of(path: string): Promise<number> {
  let value = 0;
  for await (const chunk of createReadStream(path, readOptions)) value = crc32(chunk, value);
  return value;
}

/** Writes a small object of a load; its key is ours alone. */
export async function landText(lake: ObjectStore, key: string, value: unknown): Promise<string> {
  await lake.putText(key, JSON.stringify(value, null, 1), { expectedETag: null });
  return lake.uri(key);
}
