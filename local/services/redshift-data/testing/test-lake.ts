import { createHash, randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { column, defineContract, keyColumn } from '../../../../shared/contracts/define.ts';
import { loadPrefix, pointerKey, type Partition } from '../../../../shared/lake/keys.ts';
import { copyManifestOf, type Manifest } from '../../../../shared/lake/manifest.ts';
import type { Pointer } from '../../../../shared/lake/pointer.ts';
import { metadataColumns } from '../../../../shared/contracts/metadata.ts';

export const bucket = 'test-lake';

/** A small contract to load by. */
export const visits = defineContract({
  source: 'visits',
  description: 'Visits to a shop.',
  version: 1,
  cadence: 'daily',
  key: 'visit_id',
  columns: [
    keyColumn('visit_id', { headers: ['id'], description: 'Key.', maxBytes: 64 }),
    column('note', { headers: ['note'], description: 'What was said.', maxBytes: 10 }),
  ],
});

export interface VisitRow {
  readonly visit_id: string;
  readonly note: string | null;
}

/** Rows that are easy to tell apart: `<label>-0`, `<label>-1`, … */
export const visitRows = (label: string, count: number): VisitRow[] =>
  Array.from({ length: count }, (_, index) => ({ visit_id: `${label}-${index}`, note: `n${index}` }));

const hashOf = (row: VisitRow): bigint =>
  BigInt(`0x${createHash('md5').update(JSON.stringify(row)).digest('hex').slice(0, 15)}`);

/** Writes committed loads the way that shared/ingest leaves them, straight into the objects of a server. */
export class TestLake {
  readonly #objects: Map<string, Buffer>;
  readonly #directory: string;
  readonly #duckdb: Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }>;

  constructor(objects: Map<string, Buffer>, directory: string) {
    this.#objects = objects;
    this.#directory = directory;
    this.#duckdb = DuckDBInstance.create(':memory:').then(async (instance) => ({
      instance,
      connection: await instance.connect(),
    }));
  }

  async close(): Promise<void> {
    const { instance, connection } = await this.#duckdb;
    connection.closeSync();
    instance.closeSync();
  }

  pointer(partition: Partition): Pointer | undefined {
    const stored = this.#objects.get(`${bucket}/${pointerKey(partition)}`);
    if (stored === undefined) return undefined;
    const pointer: Pointer = JSON.parse(stored.toString());
    return pointer;
  }

  /** Commits a load of these rows; `change` falsifies its manifest. */
  async commit(
    partition: Partition,
    rows: readonly VisitRow[],
    change: (manifest: Manifest) => Manifest = (manifest) => manifest,
  ): Promise<Pointer> {
    const loadId = randomUUID();
    const prefix = loadPrefix(partition, loadId);
    const parquet = await this.#writeParquet(partition, loadId, rows);
    this.put(`${prefix}/part-00000.parquet`, parquet);
    const manifest = change(this.#manifest(partition, loadId, rows, parquet.length));
    this.put(`${prefix}/copy.json`, JSON.stringify(copyManifestOf(manifest.files)));
    this.put(`${prefix}/manifest.json`, JSON.stringify(manifest));
    return this.point(partition, loadId, `s3://${bucket}/${prefix}/manifest.json`);
  }

  /** The partition stands for nothing from here on. */
  withdraw(partition: Partition): Pointer {
    return this.point(partition, null, null);
  }

  /** The partition stands for the load of an earlier one. */
  carryForward(partition: Partition, earlier: Partition): Pointer {
    const pointer = this.pointer(earlier);
    if (pointer === undefined) throw new Error('nothing to carry forward');
    return this.point(partition, pointer.load_id, pointer.manifest_uri);
  }

  point(partition: Partition, loadId: string | null, manifestUri: string | null): Pointer {
    const pointer: Pointer = {
      load_id: loadId,
      manifest_uri: manifestUri,
      commit_seq: (this.pointer(partition)?.commit_seq ?? 0) + 1,
      committed_at: '2025-11-20T05:06:07.890Z',
    };
    this.put(pointerKey(partition), JSON.stringify(pointer));
    return pointer;
  }

  put(key: string, body: string | Buffer): void {
    this.#objects.set(`${bucket}/${key}`, Buffer.from(body));
  }

  #manifest(partition: Partition, loadId: string, rows: readonly VisitRow[], bytes: number): Manifest {
    const uri = `s3://${bucket}/${loadPrefix(partition, loadId)}/part-00000.parquet`;
    const names = [...visits.columns.map(({ name }) => name), ...metadataColumns.map(({ name }) => name)];
    return {
      load_id: loadId,
      source: partition.source,
      partition_date: partition.date,
      partition_hour: partition.hour,
      commit_seq: (this.pointer(partition)?.commit_seq ?? 0) + 1,
      previous_load_id: this.pointer(partition)?.load_id ?? null,
      fingerprint: loadId,
      digest: 'd',
      contract_version: 1,
      columns: names.map((name) => ({ name, type: 'VARCHAR' })),
      rows: { read: rows.length + 2, loaded: rows.length, quarantined: 1, deduplicated: 1, erased: 0 },
      reasons: {},
      hash_sum: rows.reduce((sum, row) => sum + hashOf(row), 0n).toString(),
      unmapped_columns: [],
      source_uri: 's3://source/visits.csv',
      files: rows.length === 0 ? [] : [{ uri, bytes, rows: rows.length, sha256: '0' }],
      quarantine_files: [],
      created_at: '2025-11-20T05:06:07Z',
    };
  }

  async #writeParquet(partition: Partition, loadId: string, rows: readonly VisitRow[]): Promise<Buffer> {
    const { connection } = await this.#duckdb;
    const path = join(this.#directory, `${loadId}.parquet`);
    const hashes = rows.map((row) => ({ ...row, hash: hashOf(row).toString() }));
    await connection.run(
      `copy (
         select visit_id, note, null::varchar as _unmapped, 'uri' as _source_uri,
           row_number() over ()::bigint as _source_row, '${partition.date}'::date as _partition_date,
           ${partition.hour ?? -1}::integer as _partition_hour, '${loadId}' as _load_id,
           timestamp '2025-11-20 05:06:07' as _loaded_at, 1::integer as _contract_version, hash::bigint as _record_hash
         from (select unnest(from_json($rows, '[{"visit_id":"VARCHAR","note":"VARCHAR","hash":"VARCHAR"}]'), recursive := true))
       ) to '${path}' (format parquet)`,
      { rows: JSON.stringify(hashes) },
    );
    const bytes = await readFile(path);
    await rm(path);
    return bytes;
  }
}
