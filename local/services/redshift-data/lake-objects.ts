import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  S3Client,
  S3ServiceException,
  type GetObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { StatementError } from './messages.ts';

/** One Parquet file named by a COPY manifest. */
interface ManifestEntry {
  readonly url: string;
  readonly bytes: number;
}

/** Reads the objects that a COPY names through the S3 API, as Redshift does. */
export class LakeObjects {
  readonly #client: S3Client;

  constructor(endpoint: string) {
    this.#client = new S3Client({
      endpoint,
      region: process.env['AWS_REGION'] ?? 'eu-north-1',
      forcePathStyle: true,
      // sizes are checked against the manifest; no need to hash every byte in JavaScript as well
      responseChecksumValidation: 'WHEN_REQUIRED',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  }

  close(): void {
    this.#client.destroy();
  }

  /** Downloads every file of a manifest into `directory`; the sizes must be as the manifest says. */
  async fetchManifest(manifestUri: string, directory: string, signal: AbortSignal): Promise<string[]> {
    const object = await this.#get(manifestUri, signal);
    const entries = parseManifest((await object.Body?.transformToString('utf-8')) ?? '', manifestUri);
    const files: string[] = [];
    for (const [index, entry] of entries.entries()) {
      const path = join(directory, `${index}.parquet`);
      await this.#download(entry, path, signal);
      files.push(path);
    }
    return files;
  }

  async #download({ url, bytes }: ManifestEntry, path: string, signal: AbortSignal): Promise<void> {
    const object = await this.#get(url, signal);
    if (object.ContentLength !== bytes) {
      throw new StatementError(
        `ERROR: File size mismatch for ${url}: manifest says ${bytes}, the object has ${object.ContentLength}`,
      );
    }
    if (!(object.Body instanceof Readable)) throw new StatementError(`ERROR: no body for ${url}`);
    await pipeline(object.Body, createWriteStream(path), { signal });
  }

  async #get(uri: string, signal: AbortSignal): Promise<GetObjectCommandOutput> {
    const match = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
    if (match === null) throw new StatementError(`ERROR: ${uri} is not an S3 address`);
    const [, Bucket, Key] = match;
    try {
      return await this.#client.send(new GetObjectCommand({ Bucket, Key }), { abortSignal: signal });
    } catch (error) {
      throw new StatementError(s3Message(error), { cause: error });
    }
  }
}

function s3Message(error: unknown): string {
  if (!(error instanceof S3ServiceException)) return 'ERROR: S3ServiceException: S3 could not be reached';
  const status = error.$metadata.httpStatusCode ?? 0;
  return `ERROR: S3ServiceException:${error.message},Status ${status},Error ${error.name}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** COPY's manifest for columnar files must state `content_length`; Redshift refuses it otherwise. */
function parseManifest(text: string, uri: string): ManifestEntry[] {
  const invalid = new StatementError(`ERROR: Problem reading manifest file - ${uri}: not a valid manifest`);
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    throw invalid;
  }
  if (!isRecord(manifest) || !Array.isArray(manifest['entries']) || manifest['entries'].length === 0) {
    throw invalid;
  }
  return manifest['entries'].map((entry: unknown) => {
    if (!isRecord(entry) || typeof entry['url'] !== 'string' || !isRecord(entry['meta'])) throw invalid;
    const bytes = entry['meta']['content_length'];
    if (typeof bytes !== 'number') throw invalid;
    return { url: entry['url'], bytes };
  });
}
