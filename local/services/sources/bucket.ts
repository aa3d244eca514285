import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

import {
  DeleteObjectsCommand,
  PutObjectCommand,
  type S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';

export interface BucketChanges {
  readonly uploaded: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
}

/** Uploads at the same time; more only compete for one processor in the stand-in. */
const PARALLEL = 2;
const DELETE_AT_ONCE = 1000;

/**
 * Makes the bucket hold exactly the files below `folder`, each under its relative path, except in the folders named
 * in `elsewhere` and directly in `folder`. A file that is there with the same content (size and MD5) is left alone.
 */
export async function mirrorFolder(
  s3: S3Client,
  bucket: string,
  folder: string,
  elsewhere: readonly string[],
): Promise<BucketChanges> {
  const [present, keys] = await Promise.all([listBucket(s3, bucket), listFiles(folder, elsewhere)]);
  const uploaded: string[] = [];
  const waiting = [...keys];
  const uploadWaiting = async () => {
    for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
      const file = join(folder, ...key.split('/'));
      if (await isSame(file, present.get(key))) continue;
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: createReadStream(file),
          ContentLength: statSync(file).size,
        }),
      );
      uploaded.push(key);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, uploadWaiting));
  const wanted = new Set(keys);
  const removed = [...present.keys()].filter((key) => !wanted.has(key));
  for (let start = 0; start < removed.length; start += DELETE_AT_ONCE) {
    const Objects = removed.slice(start, start + DELETE_AT_ONCE).map((Key) => ({ Key }));
    await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
  }
  return { uploaded: uploaded.toSorted(), unchanged: keys.length - uploaded.length, removed };
}

interface StoredObject {
  readonly size: number;
  /** Of an object put in one piece, the MD5 of its content, in quotes. */
  readonly etag: string;
}

async function listBucket(s3: S3Client, bucket: string): Promise<Map<string, StoredObject>> {
  const found = new Map<string, StoredObject>();
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
    for (const { Key, Size, ETag } of page.Contents ?? []) {
      if (Key !== undefined) found.set(Key, { size: Size ?? -1, etag: ETag ?? '' });
    }
  }
  return found;
}

/** Keys of the files in sub-folders, hidden ones left out. */
async function listFiles(folder: string, elsewhere: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
    .filter((parts) => parts.length > 1 && !elsewhere.includes(parts[0] ?? ''))
    .filter((parts) => !parts.some((part) => part.startsWith('.')))
    .map((parts) => parts.join('/'))
    .toSorted();
}

async function isSame(file: string, stored: StoredObject | undefined): Promise<boolean> {
  return stored?.size === statSync(file).size && stored.etag === `"${await md5(file)}"`;
}

async function md5(file: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
