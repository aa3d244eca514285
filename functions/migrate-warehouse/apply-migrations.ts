import { createHash } from 'node:crypto';
import { ConfigurationError, WarehouseBusy } from '../../shared/runtime/errors.ts';
import { failureError } from '../../shared/warehouse/failure.ts';
import { textIn } from '../../shared/warehouse/rows.ts';
import { text, timestamp } from '../../shared/warehouse/sql.ts';
import type { Statement, Warehouse } from '../../shared/warehouse/warehouse.ts';
import type { Migration } from './migrations/migration.ts';

const migrationsTable = 'raw_data.schema_migrations';
/** First statement of every migrating transaction, so that migrators take turns. */
export const lockMigrations: Statement = { label: 'lock migrations', sql: `lock ${migrationsTable}` };

const alreadyApplied = 'migration was applied';

/** Makes the table that remembers what was applied; two migrators may do so at once. */
export async function prepare(warehouse: Warehouse): Promise<void> {
  const statements: Statement[] = [
    { label: 'create raw schema', sql: 'create schema if not exists raw_data' },
    {
      label: 'create migrations table',
      sql: `create table if not exists ${migrationsTable} (
    id varchar(128) not null,
    checksum varchar(64) not null,
    applied_at timestamp not null
)`,
    },
  ];
  const first = await warehouse.run(statements);
  // "if not exists" is no lock: whoever comes second may fail on the catalog, and finds it made the next time
  if (first.outcome === 'failed') await warehouse.execute('Preparing the warehouse', statements);
}

/** Applies what is missing and returns its ids, with the number of migrations that were there. */
export async function applyMigrations(
  warehouse: Warehouse,
  migrations: readonly Migration[],
  now: () => Date,
): Promise<{ applied: string[]; alreadyApplied: number }> {
  const before = await readApplied(warehouse);
  const applied: string[] = [];
  for (const migration of migrations) {
    const checksum = before.get(migration.id);
    if (checksum === undefined) {
      if (await apply(warehouse, migration, now())) applied.push(migration.id);
    } else if (checksum !== checksumOf(migration)) {
      throw new ConfigurationError(
        `Migration ${migration.id} was edited after it had been applied. Restore it and append a new one.`,
      );
    }
  }
  return { applied, alreadyApplied: migrations.length - applied.length };
}

async function readApplied(warehouse: Warehouse): Promise<Map<string, string>> {
  const rows = await warehouse.query('Reading the migrations', `select id, checksum from ${migrationsTable}`);
  return new Map(rows.map((row) => [textIn(row, 'id') ?? '', textIn(row, 'checksum') ?? '']));
}

/** False when another migrator applied it in the meantime. */
async function apply(warehouse: Warehouse, migration: Migration, now: Date): Promise<boolean> {
  const work = `Migration ${migration.id}`;
  const result = await warehouse.run([
    lockMigrations,
    {
      label: 'check migration',
      sql: `select cast(case when count(*) = 0 then '1' else '${alreadyApplied}' end as integer) as ok
from ${migrationsTable}
where id = ${text(migration.id)}`,
      assertion: alreadyApplied,
    },
    ...migration.statements.map((sql, index) => ({ label: `${migration.id}, statement ${index + 1}`, sql })),
    {
      label: 'record migration',
      sql: `insert into ${migrationsTable} (id, checksum, applied_at)
values (${text(migration.id)}, ${text(checksumOf(migration))}, ${timestamp(now)})`,
    },
  ]);
  if (result.outcome === 'finished') return true;
  if (result.assertion === alreadyApplied) return false;
  if (result.reason === 'busy') throw new WarehouseBusy(`${work} did not go through; try again later.`);
  throw failureError(result, work);
}

const checksumOf = (migration: Migration): string =>
  createHash('sha256').update(JSON.stringify(migration.statements)).digest('hex');
