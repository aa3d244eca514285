import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { startAws } from '../../../local/services/aws.ts';
import { CREDENTIALS, REGION, REPOSITORY } from '../../../local/services/names.ts';
import { startGuard } from '../../../local/services/processes/guard.ts';
import { column, defineContract, exportIndexColumn, keyColumn } from '../../contracts/define.ts';
import type { Contract } from '../../contracts/contract.ts';
import type { Partition } from '../../lake/keys.ts';
import { readManifest, type Manifest } from '../../lake/manifest.ts';
import { ObjectStore } from '../../lake/object-store.ts';
import { readPointer } from '../../lake/pointer.ts';
import { frameCsv } from '../framing/csv.ts';
import { ingestPartition } from '../ingest-partition.ts';
import type { IngestRequest } from '../request.ts';
import type { Answer } from '../result.ts';
import type { Source } from '../source.ts';

/** A small source, enough to show every rule. */
export const visits: Contract = defineContract({
  source: 'visits',
  description: 'visits to a shop',
  version: 1,
  cadence: 'daily',
  key: 'visit_id',
  columns: [
    exportIndexColumn('source_index', { headers: [''], description: 'Index.' }),
    keyColumn('visit_id', { headers: ['visit ID'], description: 'The visit.' }),
    column('visited_on', { headers: ['visited on'], description: 'Day.', check: { type: 'date' } }),
    column('note', { headers: ['note'], description: 'What was said.', maxBytes: 20 }),
  ],
});

export const snapshotVisits: Contract = { ...visits, cadence: 'snapshot' };

export const suppressionKey = 'a key for tests, of more than thirty-two characters';

const noOptions: Omit<IngestRequest, 'date'> = {
  hour: null,
  force: false,
  acceptVolume: false,
  withdraw: false,
  restore: null,
};

/** What a partition stands for, read the way a reader of the lake would. */
export interface LakeView {
  readonly commitSeq: number;
  readonly manifest: Manifest | null;
  /** Business values of the loaded rows, by ordinal. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly quarantine: readonly { row: number; kind: string; reasons: string; raw: string }[];
}

/** A real S3 stand-in with an empty lake of its own for each test. */
export class LakeWorld {
  readonly #endpoint: string;
  readonly #stop: () => Promise<void>;
  lake: ObjectStore;
  #buckets = 0;

  private constructor(endpoint: string, stop: () => Promise<void>) {
    this.#endpoint = endpoint;
    this.#stop = stop;
    this.lake = new ObjectStore(this.client(), 'none');
  }

  static async start(): Promise<LakeWorld> {
    const directory = await mkdtemp(join(tmpdir(), 'lake-test-'));
    const guard = startGuard();
    const { endpoint, child } = await startAws({
      venv: join(REPOSITORY, '.local', 'venvs', 'services'),
      dataDirectory: join(directory, 's3'),
      logFile: join(directory, 'aws.log'),
      temporaryDirectory: directory,
      guard,
    });
    return new LakeWorld(endpoint, async () => {
      await child.stop();
      await guard.stop();
      await rm(directory, { recursive: true, force: true });
    });
  }

  client(): S3Client {
    return new S3Client({
      endpoint: this.#endpoint,
      region: REGION,
      credentials: CREDENTIALS,
      forcePathStyle: true,
    });
  }

  /** A new, empty lake; it keeps versions, as the real one does. */
  async newLake(): Promise<ObjectStore> {
    const bucket = `lake-${++this.#buckets}`;
    await this.client().send(new CreateBucketCommand({ Bucket: bucket }));
    await this.client().send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    this.lake = new ObjectStore(this.client(), bucket);
    return this.lake;
  }

  /** A new bucket that holds these objects. */
  async newBucket(objects: Readonly<Record<string, string | Buffer>>): Promise<ObjectStore> {
    const bucket = `source-${++this.#buckets}`;
    await this.client().send(new CreateBucketCommand({ Bucket: bucket }));
    for (const [Key, Body] of Object.entries(objects))
      await this.client().send(new PutObjectCommand({ Bucket: bucket, Key, Body: Buffer.from(Body) }));
    return new ObjectStore(this.client(), bucket);
  }

  /** The same lake through another client. */
  withClient(client: S3Client): ObjectStore {
    return new ObjectStore(client, this.lake.bucket);
  }

  ingest(
    source: Source | string,
    date: string,
    options: Partial<IngestRequest> & { readonly contract?: Contract; readonly lake?: ObjectStore } = {},
  ): Promise<Answer> {
    const { contract = visits, lake = this.lake, ...request } = options;
    return ingestPartition(
      contract,
      { ...noOptions, ...request, date },
      {
        lake,
        source: typeof source === 'string' ? textSource(source) : source,
        readSuppressionKey: () => Promise.resolve(suppressionKey),
        now: () => new Date(),
      },
    );
  }

  /** undefined when nothing was ever committed. */
  async view(date: string, source = 'visits', hour: number | null = null): Promise<LakeView | undefined> {
    const partition: Partition = { source, date, hour };
    const stored = await readPointer(this.lake, partition);
    if (stored === undefined) return undefined;
    const { commit_seq: commitSeq, load_id, manifest_uri: uri } = stored.pointer;
    if (load_id === null || uri === null) return { commitSeq, manifest: null, rows: [], quarantine: [] };
    const manifest = await readManifest(this.lake, uri);
    const rows = await this.#parquet(
      manifest.files.map((file) => file.uri),
      'select * from parquet order by _source_row',
    );
    const quarantine = await this.#parquet(
      manifest.quarantine_files.map((file) => file.uri),
      'select source_row, kind, reasons, decode(raw) as raw from parquet order by source_row',
    );
    return {
      commitSeq,
      manifest,
      rows,
      quarantine: quarantine.map(({ source_row, kind, reasons, raw }) => ({
        row: Number(source_row),
        kind: String(kind),
        reasons: String(reasons),
        raw: String(raw),
      })),
    };
  }

  async keys(prefix = ''): Promise<string[]> {
    const keys: string[] = [];
    for await (const key of this.lake.listKeys(prefix)) keys.push(key);
    return keys;
  }

  async #parquet(uris: readonly string[], query: string): Promise<Record<string, unknown>[]> {
    if (uris.length === 0) return [];
    const urls = uris.map((uri) => `'${uri.replace('s3://', `${this.#endpoint}/`)}'`);
    const directory = await mkdtemp(join(tmpdir(), 'lake-view-'));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const paths: string[] = [];
      for (const [index, url] of urls.entries()) {
        const path = join(directory, `${index}.parquet`);
        const body = await (await fetch(url.slice(1, -1))).arrayBuffer();
        await writeFile(path, Buffer.from(body));
        paths.push(`'${path}'`);
      }
      await connection.run(`create view parquet as select * from read_parquet([${paths.join(', ')}])`);
      return (await connection.runAndReadAll(query)).getRowObjects();
    } finally {
      connection.closeSync();
      instance.closeSync();
      await rm(directory, { recursive: true, force: true });
    }
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}

/** A source that holds this text, known by its hash. */
export function textSource(text: string): Source {
  const fingerprint = createHash('sha256').update(text).digest('hex');
  return {
    open: () =>
      Promise.resolve({
        uri: 'test://visits',
        fingerprint,
        read: async (spool) => ({ framed: await frameCsv(chunks(text), spool), fingerprint }),
      }),
  };
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

export const header = ',visit ID,visited on,note\n';

/** `count` sound rows. */
export const soundRows = (count: number, note = 'fine'): string =>
  Array.from({ length: count }, (_, index) => `${index},v${index},2025-01-02,${note}\n`).join('');
