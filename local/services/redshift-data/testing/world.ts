import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadPartition, type LoadOutcome } from '../../../../functions/load-warehouse/load-partition.ts';
import { applyMigrations, prepare } from '../../../../functions/migrate-warehouse/apply-migrations.ts';
import { migrations } from '../../../../functions/migrate-warehouse/migrations/index.ts';
import { updateRawTables } from '../../../../functions/migrate-warehouse/raw-tables.ts';
import type { Partition } from '../../../../shared/lake/keys.ts';
import { ObjectStore } from '../../../../shared/lake/object-store.ts';
import { rawTable } from '../../../../shared/warehouse/raw-tables.ts';
import { Warehouse } from '../../../../shared/warehouse/warehouse.ts';
import { startRedshiftData } from '../server.ts';
import { startObjectServer, type ObjectServer } from './object-server.ts';
import { bucket, TestLake, visits } from './test-lake.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const region = 'eu-north-1';
const copyRoleArn = 'arn:aws:iam::000000000000:role/copy';

/** A lake, a warehouse and a loader between them, all of one test. */
export interface World {
  readonly directory: string;
  readonly databaseFile: string;
  readonly objects: ObjectServer;
  readonly lake: TestLake;
  readonly client: RedshiftDataClient;
  /** A warehouse client with this much time. */
  warehouse(timeMs?: number): Warehouse;
  load(partition: Partition): Promise<LoadOutcome>;
  /** Makes all tables; also after the file was deleted. */
  migrate(): Promise<void>;
  /** Rows of a query on the warehouse file. */
  rows(sql: string): Promise<unknown[][]>;
  disconnect(): Promise<void>;
}

export interface StartedWorld extends World {
  /** Stops and removes everything. */
  close(): Promise<void>;
}

/** Starts everything in this process, with the tables made. */
export async function startWorld(options: { lockWaitMs?: number } = {}): Promise<StartedWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'warehouse-test-'));
  const databaseFile = join(directory, 'warehouse.duckdb');
  const objects = await startObjectServer();
  const service = await startRedshiftData({
    port: 0,
    databaseFile,
    s3Endpoint: objects.endpoint,
    log: (line) => console.error(line),
    ...options,
  });
  const world = connectWorld({ port: service.port, objects, directory, databaseFile });
  await world.migrate();
  return {
    ...world,
    async close() {
      await world.disconnect();
      await service.close();
      await objects.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Surroundings extends Pick<World, 'objects' | 'directory' | 'databaseFile'> {
  /** of the stand-in */
  readonly port: number;
}

/** A world on a stand-in that runs already. */
export function connectWorld({ port, objects, directory, databaseFile }: Surroundings): World {
  const client = clientFor(port);
  const s3 = new S3Client({ endpoint: objects.endpoint, region, credentials, forcePathStyle: true });
  const lake = new TestLake(objects.objects, directory);
  const store = new ObjectStore(s3, bucket);
  const warehouse = (timeMs = 60_000): Warehouse => warehouseOf(client, timeMs);
  const now = (): Date => new Date('2025-11-21T01:02:03.456Z');
  return {
    directory,
    databaseFile,
    objects,
    lake,
    client,
    warehouse,
    load: (partition) => loadPartition(partition, { lake: store, warehouse: warehouse(), copyRoleArn, now }),
    migrate: () => migrate(adminWarehouseOf(client, 60_000)),
    rows: (sql) => readFileRows(databaseFile, sql),
    async disconnect() {
      client.destroy();
      s3.destroy();
      await lake.close();
    },
  };
}

export const clientFor = (port: number): RedshiftDataClient =>
  new RedshiftDataClient({ endpoint: `http://127.0.0.1:${port}`, region, credentials });

export const warehouseOf = (client: RedshiftDataClient, timeMs: number): Warehouse =>
  new Warehouse(client, { workgroup: 'test', database: 'test' }, Date.now() + timeMs);

const secretArn = 'arn:aws:secretsmanager:eu-north-1:000000000000:secret:admin';

/** A client that signs in as the namespace's admin. */
export const adminWarehouseOf = (client: RedshiftDataClient, timeMs: number): Warehouse =>
  new Warehouse(client, { workgroup: 'test', database: 'test', secretArn }, Date.now() + timeMs);

async function migrate(warehouse: Warehouse): Promise<void> {
  await prepare(warehouse);
  await applyMigrations(warehouse, migrations, () => new Date());
  await updateRawTables(warehouse, [rawTable(visits)]);
}

/** Opens the file itself; only while no statement is running. */
async function readFileRows(path: string, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** What the warehouse stands for: every row that a partition's ledger row names, without load ids and times. */
export const standingRows = `
  select l.partition_date::varchar, l.partition_hour, r.visit_id, r.note
  from raw_data.load_ledger l join raw_data.visits r on r._load_id = l.load_id
  order by all`;

/** The ledger without load times. */
export const ledgerRows = `
  select source, partition_date::varchar, partition_hour, commit_seq::integer, load_id, rows_read::integer, rows_loaded::integer,
    rows_quarantined::integer, rows_deduplicated::integer, hash_sum::varchar
  from raw_data.load_ledger order by all`;
