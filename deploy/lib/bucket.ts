import { createHash } from 'node:crypto';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { DeployError } from './command.ts';

export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

const DELETED_AT_ONCE = 1000;
const THERE_ALREADY = 412;

/** An S3 bucket of whole, small objects, each of which knows the SHA-256 of its content. */
export class Bucket {
  readonly #client: S3Client;
  readonly name: string;

  constructor(name: string, client = new S3Client({})) {
    this.#client = client;
    this.name = name;
  }

  /**
   * Stores an object that must never change. Returns false when it was there already, with the same content; throws
   * DeployError when it is there with another.
   */
  async create(key: string, content: Uint8Array): Promise<boolean> {
    try {
      await this.#put(key, content, '*');
      return true;
    } catch (error) {
      if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== THERE_ALREADY)
        throw error;
      if ((await this.hashOf(key)) === sha256(content)) return false;
      throw new DeployError(`${this.address(key)} is there with other content, and a release never changes.`);
    }
  }

  /** Stores an object unless it is there with this content. Returns whether it wrote. */
  async replace(key: string, content: Uint8Array): Promise<boolean> {
    if ((await this.hashOf(key)) === sha256(content)) return false;
    await this.#put(key, content);
    return true;
  }

  async #put(key: string, content: Uint8Array, ifNoneMatch?: string): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.name,
        Key: key,
        Body: content,
        ChecksumAlgorithm: 'SHA256',
        Metadata: { sha256: sha256(content) },
        ...(ifNoneMatch !== undefined && { IfNoneMatch: ifNoneMatch }),
      }),
    );
  }

  /** Content of an object; undefined when there is none. */
  async read(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (isNotThere(error)) return undefined;
      throw error;
    }
  }

  /** The hash an object was stored with; undefined when there is none, or it was stored by something else. */
  async hashOf(key: string): Promise<string | undefined> {
    try {
      const { Metadata } = await this.#client.send(new HeadObjectCommand({ Bucket: this.name, Key: key }));
      return Metadata?.['sha256'];
    } catch (error) {
      if (isNotThere(error)) return undefined;
      throw error;
    }
  }

  async keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.name, Prefix: prefix });
    for await (const { Contents } of pages)
      for (const { Key } of Contents ?? []) if (Key !== undefined) keys.push(Key);
    return keys;
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += DELETED_AT_ONCE) {
      const Objects = keys.slice(start, start + DELETED_AT_ONCE).map((Key) => ({ Key }));
      const answer = await this.#client.send(
        new DeleteObjectsCommand({ Bucket: this.name, Delete: { Objects, Quiet: true } }),
      );
      const [refused] = answer.Errors ?? [];
      if (refused !== undefined)
        throw new DeployError(`${this.address(refused.Key ?? '')} cannot be deleted: ${refused.Code}.`);
    }
  }

  address(key: string): string {
    return `s3://${this.name}/${key}`;
  }
}

const isNotThere = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
