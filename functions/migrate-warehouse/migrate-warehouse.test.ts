import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visits } from '../../local/services/redshift-data/testing/test-lake.ts';
import {
  adminWarehouseOf,
  clientFor,
  warehouseOf,
} from '../../local/services/redshift-data/testing/world.ts';
import { startRedshiftData, type RedshiftDataService } from '../../local/services/redshift-data/server.ts';
import { column } from '../../shared/contracts/define.ts';
import { rawTable } from '../../shared/warehouse/raw-tables.ts';
import type { Row } from '../../shared/warehouse/rows.ts';
import { prepare } from './apply-migrations.ts';
import { migrateWarehouse, type MigrationInput, type MigrationResult } from './migrate-warehouse.ts';
import { migrations } from './migrations/index.ts';
import { updateRawTables } from './raw-tables.ts';

const secret = 'a-secret-of-thirty-two-bytes----';
const input: MigrationInput = {
  migrations,
  rawTables: [rawTable(visits)],
  keyMaterial: { value: secret, parameter: '/coretelecomms/platform/key_material' },
  copyRoleArn: 'arn:aws:iam::000000000000:role/copy',
  now: () => new Date('2025-11-20T00:00:00Z'),
};

let directory: string;
let service: RedshiftDataService;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'migrate-test-'));
  service = await startRedshiftData({
    port: 0,
    databaseFile: join(directory, 'warehouse.duckdb'),
    s3Endpoint: 'http://127.0.0.1:1',
    log: (line) => console.error(line),
  });
});
afterEach(async () => {
  await service.close();
  await rm(directory, { recursive: true, force: true });
});

const migrate = (changes: Partial<MigrationInput> = {}): Promise<MigrationResult> =>
  migrateWarehouse(adminWarehouseOf(clientFor(service.port), 30_000), { ...input, ...changes });
const query = (sql: string): Promise<Row[]> =>
  warehouseOf(clientFor(service.port), 30_000).query('test', sql);
const columnsOfVisits = async (): Promise<unknown[]> =>
  (
    await query(
      "select column_name from information_schema.columns where table_name = 'visits' order by ordinal_position",
    )
  ).map((row) => row['column_name']);

describe('migrating', () => {
  it('makes the schemas, tables and raw tables of an empty warehouse', async () => {
    expect(await migrate()).toMatchObject({
      applied: ['0001-schemas-and-ledger', '0002-load-details', 'raw_data.visits'],
      already_applied: 0,
    });
    const tables = await query(
      "select table_schema || '.' || table_name as name from information_schema.tables where table_schema <> 'redshift_catalogue' order by 1",
    );
    expect(tables.map((row) => row['name'])).toEqual([
      'raw_data.calendar',
      'raw_data.load_details',
      'raw_data.load_ledger',
      'raw_data.schema_migrations',
      'raw_data.visits',
      'restricted.key_material',
    ]);
    expect(await columnsOfVisits()).toEqual([
      'visit_id',
      'note',
      '_unmapped',
      '_source_uri',
      '_source_row',
      '_partition_date',
      '_partition_hour',
      '_load_id',
      '_loaded_at',
      '_contract_version',
      '_record_hash',
    ]);
  });

  it('again changes nothing', async () => {
    await migrate();
    expect(await migrate()).toEqual({ applied: [], already_applied: 2, access_changes: [] });
  });

  it('four times at once applies everything once', async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => migrate()));
    expect(results.flatMap(({ applied }) => applied).toSorted()).toEqual([
      '0001-schemas-and-ledger',
      '0002-load-details',
      'raw_data.visits',
    ]);
    expect(await query('select id from raw_data.schema_migrations')).toHaveLength(2);
    expect(await query('select purpose from restricted.key_material')).toEqual([
      { purpose: 'surrogate_keys' },
    ]);
  });

  it('appends a column that a contract gained, leaving rows as they are', async () => {
    await migrate();
    const wider = {
      ...visits,
      columns: [...visits.columns, column('mood', { headers: ['m'], description: 'Mood.' })],
    };

    expect(await migrate({ rawTables: [rawTable(wider)] })).toMatchObject({
      applied: ['raw_data.visits.mood'],
    });
    expect((await columnsOfVisits()).at(-1)).toBe('mood');
  });

  it('takes more tables than one batch holds', async () => {
    const many = Array.from({ length: 60 }, (_, index) => rawTable({ ...visits, source: `source_${index}` }));
    const admin = adminWarehouseOf(clientFor(service.port), 30_000);
    await prepare(admin);
    expect(await updateRawTables(admin, many)).toHaveLength(60);
  });

  it('leaves nothing of a migration that fails half-way, and applies it once it is mended', async () => {
    const broken = {
      id: '0002-broken',
      statements: ['create table raw_data.half (a integer)', 'creat table x'],
    };
    await expect(migrate({ migrations: [...migrations, broken] })).rejects.toMatchObject({
      name: 'WarehouseRejected',
      details: { statement: '0002-broken, statement 2' },
    });
    expect(await query("select 1 as one from information_schema.tables where table_name = 'half'")).toEqual(
      [],
    );
    const mended = { ...broken, statements: ['create table raw_data.half (a integer)'] };
    expect((await migrate({ migrations: [...migrations, mended] })).applied).toContain('0002-broken');
  });

  it('refuses a migration that was edited after it had been applied', async () => {
    await migrate();
    const edited = migrations.map((one) => ({ ...one, statements: [...one.statements, 'select 1'] }));
    await expect(migrate({ migrations: edited })).rejects.toMatchObject({ name: 'ConfigurationError' });
  });
});

describe('the key material', () => {
  it('is written once and kept', async () => {
    await migrate();
    await migrate();
    expect(await query('select purpose, key_value from restricted.key_material')).toEqual([
      { purpose: 'surrogate_keys', key_value: secret },
    ]);
  });

  it('is never replaced by another value', async () => {
    await migrate();
    const other = { ...input.keyMaterial, value: 'another-secret-of-enough-bytes' };
    const error: unknown = await migrate({ keyMaterial: other }).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ name: 'ConfigurationError' });
    expect(String(error)).toContain('/coretelecomms/platform/key_material');
    expect(String(error)).not.toContain('secret');
    expect(await query('select key_value from restricted.key_material')).toEqual([{ key_value: secret }]);
  });

  it('is refused when it is too short to be a secret', async () => {
    const short = { ...input.keyMaterial, value: 'short' };
    await expect(migrate({ keyMaterial: short })).rejects.toMatchObject({ name: 'ConfigurationError' });
  });

  it('never stands in the text of a statement', async () => {
    const texts: string[] = [];
    const client = clientFor(service.port);
    client.middlewareStack.add(
      (next) => async (args) => {
        const { Sqls } = args.input as { Sqls?: string[] };
        texts.push(...(Sqls ?? []));
        return next(args);
      },
      { step: 'initialize' },
    );
    await migrateWarehouse(adminWarehouseOf(client, 30_000), input);

    expect(texts.length).toBeGreaterThan(5);
    expect(texts.join('\n')).not.toContain(secret);
  });
});
