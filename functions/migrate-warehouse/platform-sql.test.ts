import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { expect, it } from 'vitest';
import { startRedshiftData } from '../../local/services/redshift-data/server.ts';
import {
  adminWarehouseOf,
  clientFor,
  warehouseOf,
} from '../../local/services/redshift-data/testing/world.ts';
import { ledgerQuery, type LedgerEntry } from '../../shared/warehouse/ledger.ts';
import { loadStatements } from '../../shared/warehouse/load-statements.ts';
import { loadsInLedger } from '../../shared/warehouse/named-loads.ts';
import rawTables from './generated/raw-tables.json' with { type: 'json' };
import { migrateWarehouse } from './migrate-warehouse.ts';
import { migrations } from './migrations/index.ts';

/**
 * All SQL that the platform itself sends to Redshift, as it is sent. The file is checked for what Redshift accepts,
 * and roles, grants and masks are derived from it, by dbt/tests_python/redshift. After a change that is meant:
 * `vitest run functions/migrate-warehouse/platform-sql.test.ts -u`.
 */
const golden = '../../dbt/tests_python/redshift/golden/platform.sql';

const at = new Date('2025-11-21T01:02:03.456Z');
const copyRoleArn = 'arn:aws:iam::000000000000:role/copy';
const partition = { source: 'sms', date: '2025-11-20', hour: 8 };

it('the SQL of migrations, access and loads is the one that was reviewed', async () => {
  const batches = [...(await migrationBatches()), ...loaderBatches()];
  expect(batches.every((batch) => batch.length <= 40)).toBe(true);
  const text = batches
    .map((batch) => `-- one transaction\n${batch.map((sql) => `${sql};\n`).join('')}`)
    .join('\n');
  await expect(text).toMatchFileSnapshot(golden);
});

/** What is sent to bring an empty warehouse up, and by whoever asks which loads it is made of. */
async function migrationBatches(): Promise<string[][]> {
  const directory = await mkdtemp(join(tmpdir(), 'platform-sql-'));
  const service = await startRedshiftData({
    port: 0,
    databaseFile: join(directory, 'warehouse.duckdb'),
    s3Endpoint: 'http://127.0.0.1:1',
    log: (line) => console.error(line),
  });
  const client = clientFor(service.port);
  const batches = recorded(client);
  try {
    await migrateWarehouse(adminWarehouseOf(client, 60_000), {
      migrations,
      rawTables,
      keyMaterial: { value: 'a-secret-of-thirty-two-bytes----', parameter: '/key' },
      copyRoleArn,
      now: () => at,
    });
    await loadsInLedger(warehouseOf(client, 60_000));
  } finally {
    client.destroy();
    await service.close();
    await rm(directory, { recursive: true, force: true });
  }
  return batches;
}

function recorded(client: RedshiftDataClient): string[][] {
  const batches: string[][] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      const { Sqls } = args.input as { Sqls?: string[] };
      if (Sqls !== undefined) batches.push([...Sqls]);
      return next(args);
    },
    { step: 'initialize' },
  );
  return batches;
}

/** A partition that is loaded, one whose load is there already, one that is withdrawn. */
function loaderBatches(): string[][] {
  const entry: LedgerEntry = {
    partition,
    commitSeq: 2,
    committedAt: at,
    loadedAt: at,
    load: {
      loadId: 'load-2',
      manifestUri: 's3://lake/raw/sms/partition_date=2025-11-20/partition_hour=08/load=load-2/manifest.json',
      contractVersion: 1,
      rows: { read: 3, loaded: 2, quarantined: 1, deduplicated: 0, erased: 0 },
      hashSum: '12345678901234567890',
      columns: ['message_id', 'received_at'],
      unmappedColumns: ["it's", 'new\\column'],
      reasons: { 'missing_value:message_id': 1 },
    },
  };
  const columns = rawTables.find(({ table }) => table === 'sms')?.columns.map(({ name }) => name) ?? [];
  const plans = [
    { entry, copy: { columns, roleArn: copyRoleArn } },
    { entry, copy: null },
    { entry: { ...entry, load: null }, copy: null },
  ];
  return [
    [ledgerQuery(partition, 'load-2')],
    [ledgerQuery(partition, null)],
    ...plans.map((plan) => loadStatements(plan).map(({ sql }) => sql)),
  ];
}
