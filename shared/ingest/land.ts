import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { LoadFile } from '../lake/manifest.ts';
import type { ObjectStore } from '../lake/object-store.ts';
import { VerificationFailed } from '../runtime/errors.ts';

/** Uploads a file to a key that must be free, and describes it as a manifest lists it. */
export async function landFile(
  lake: ObjectStore,
  key: string,
  path: string,
  rows: number,
): Promise<LoadFile> {
  const { size: bytes } = await stat(path);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  const sha256 = hash.digest();
  const outcome = await lake.putFile(key, path, { bytes, sha256 }, { expectedETag: null });
  // The client may have sent it twice and lost the first answer; a load id is ours alone, so the object is, too.
  if (outcome === 'conflict')
    throw new VerificationFailed(`another write to ${key} was under way; run it again`);
  return { uri: lake.uri(key), bytes, rows, sha256: sha256.toString('hex') };
}

/** Writes a small object of a load; its key is ours alone. */
export async function landText(lake: ObjectStore, key: string, value: unknown): Promise<string> {
  await lake.putText(key, JSON.stringify(value, null, 1), { expectedETag: null });
  return lake.uri(key);
}
