import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';

/** What a conditional write ended with; `conflict` (409) means another write was under way: repeat it. */
export type PutOutcome = 'written' | 'precondition_failed' | 'conflict';

export interface PutCondition {
  /** Only if the object has this ETag; `null`: only if there is none. */
  readonly expectedETag: string | null;
}

export interface StoredText {
  readonly text: string;
  readonly etag: string;
}

export interface ObjectInfo {
  readonly etag: string;
  readonly bytes: number;
}

export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
}

/** S3 deletes at most this many objects in one request. */
const deleteBatch = 1000;

/** Large, since each chunk costs a turn of the event loop. */
const uploadChunkBytes = 1024 * 1024;

/** One S3 bucket, with the conditional writes that commits are made of. */
export class ObjectStore {
  readonly #client: S3Client;
  readonly bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.bucket = bucket;
  }

  uri(key: string): string {
    return `s3://${this.bucket}/${key}`;
  }

  /** Key of an `s3://` address in this bucket. */
  keyOf(uri: string): string {
    const prefix = `s3://${this.bucket}/`;
    if (!uri.startsWith(prefix)) throw new Error(`${uri} is not in bucket ${this.bucket}`);
    return uri.slice(prefix.length);
  }

  /** Size and ETag, or undefined when there is no such object. */
  async head(key: string): Promise<ObjectInfo | undefined> {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return { etag: head.ETag ?? '', bytes: head.ContentLength ?? 0 };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** A whole small object, or one of its versions, as text; undefined when there is none. */
  async readText(key: string, versionId?: string): Promise<StoredText | undefined> {
    try {
      const object = await this.#client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId }),
      );
      return { text: (await object.Body?.transformToString('utf-8')) ?? '', etag: object.ETag ?? '' };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** The object's bytes; only the version with the given ETag, so that what is read is what was looked at. */
  async openStream(key: string, etag: string): Promise<Readable> {
    const object = await this.#client.send(
      new GetObjectCommand({ Bucket: this.bucket, Key: key, IfMatch: etag }),
    );
    const body = object.Body;
    if (body === undefined || !('pipe' in body)) throw new Error('the object has no readable body');
    return body;
  }

  /** Copies an object, or one of its versions, into a file. */
  async download(key: string, path: string, versionId?: string): Promise<void> {
    const object = await this.#client.send(
      new GetObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId }),
    );
    const body = object.Body;
    if (body === undefined || !('pipe' in body)) throw new Error('the object has no readable body');
    await pipeline(body, createWriteStream(path));
  }

  /** `length` bytes from `start`. */
  async readRange(key: string, start: number, length: number): Promise<Buffer> {
    const object = await this.#client.send(
      new GetObjectCommand({ Bucket: this.bucket, Key: key, Range: `bytes=${start}-${start + length - 1}` }),
    );
    return Buffer.from((await object.Body?.transformToByteArray()) ?? new Uint8Array());
  }

  async putText(key: string, text: string, condition: PutCondition): Promise<PutOutcome> {
    return this.#put(key, text, Buffer.byteLength(text), condition);
  }

  /** Uploads a file; S3 itself refuses bytes that do not have this CRC-32. */
  async putFile(
    key: string,
    path: string,
    { bytes, crc32 }: { readonly bytes: number; readonly crc32: number },
    condition: PutCondition,
  ): Promise<PutOutcome> {
    const body = createReadStream(path, { highWaterMark: uploadChunkBytes });
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32);
    return this.#put(key, body, bytes, condition, checksum.toString('base64'));
  }

  /** Every key under a prefix, in order. */
  async *listKeys(prefix: string): AsyncGenerator<string> {
    for await (const { key } of this.listObjects(prefix)) yield key;
  }

  /** Every object under a prefix, in the order of the keys. */
  async *listObjects(prefix: string): AsyncGenerator<ListedObject> {
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key, Size } of page.Contents ?? [])
        if (Key !== undefined) yield { key: Key, bytes: Size ?? 0 };
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  /** Names of the folders directly under a prefix, in order, without the prefix and the closing slash. */
  async *listFolders(prefix: string): AsyncGenerator<string> {
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: this.bucket,
          Prefix: prefix,
          Delimiter: '/',
          ContinuationToken: token,
        }),
      );
      for (const { Prefix } of page.CommonPrefixes ?? [])
        if (Prefix !== undefined) yield Prefix.slice(prefix.length, -1);
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  /**
   * Removes objects. Where the bucket keeps versions this only hides them behind a delete marker; `ObjectVersions`
   * removes them for good.
   */
  async remove(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += deleteBatch) {
      const Objects = keys.slice(start, start + deleteBatch).map((Key) => ({ Key }));
      const { Errors = [] } = await this.#client.send(
        new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } }),
      );
      if (Errors.length > 0)
        throw new Error(`S3 did not remove ${Errors.length} objects (${Errors[0]?.Code})`);
    }
  }

  async #put(
    key: string,
    body: string | Readable,
    bytes: number,
    { expectedETag }: PutCondition,
    crc32?: string,
  ): Promise<PutOutcome> {
    const condition = expectedETag === null ? { IfNoneMatch: '*' } : { IfMatch: expectedETag };
    try {
      await this.#client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: key,
          Body: body,
          ContentLength: bytes,
          ...(crc32 === undefined ? {} : { ChecksumCRC32: crc32 }),
          ...condition,
        }),
      );
      return 'written';
    } catch (error) {
      const status = statusOf(error);
      if (status === 412) return 'precondition_failed';
      if (status === 409) return 'conflict';
      throw error;
    }
  }
}

/** HTTP status of an S3 error, if it is one. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
