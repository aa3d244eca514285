import { createHash } from 'node:crypto';

import { DuckDBInstance } from '@duckdb/node-api';

type Row = Readonly<Record<string, unknown>>;

/** Rows of a query on a DuckDB file; dates, decimals and large numbers as text. */
export async function query(warehouse: string, sql: string): Promise<Row[]> {
  return withWarehouse(warehouse, async (rows) => rows(sql));
}

/** Changes the warehouse behind the platform's back. */
export async function tamper(warehouse: string, sql: string): Promise<void> {
  await withWarehouse(warehouse, async (rows) => rows(sql), 'READ_WRITE');
}

/** Names of the tables and views of schemas, `schema.table`. */
export async function tablesIn(warehouse: string, schemas: readonly string[]): Promise<string[]> {
  const rows = await query(
    warehouse,
    `select table_schema || '.' || table_name as name from information_schema.tables
      where table_schema in (${schemas.map((schema) => `'${schema}'`).join(', ')}) order by 1`,
  );
  return rows.map(({ name }) => String(name));
}

/** Every row as one text, sorted; `without` names columns that are left out. */
export async function rowsAsText(
  warehouse: string,
  table: string,
  without: readonly string[] = [],
): Promise<string[]> {
  const columns = (await query(warehouse, `describe ${table}`))
    .map(({ column_name: name }) => String(name))
    .filter((name) => !without.includes(name));
  const rows = await query(
    warehouse,
    `select ${columns.map((name) => `"${name}"`).join(', ')} from ${table}`,
  );
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

/** A hash of the rows of every table of some schemas; `without` names columns that are left out. */
export async function hashesOf(
  warehouse: string,
  schemas: readonly string[],
  without: readonly string[] = [],
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const table of await tablesIn(warehouse, schemas)) {
    const rows = await rowsAsText(warehouse, table, without);
    hashes[table] = `${rows.length} rows ${createHash('sha256').update(rows.join('\n')).digest('hex')}`;
  }
  return hashes;
}

async function withWarehouse<T>(
  warehouse: string,
  work: (rows: (sql: string) => Promise<Row[]>) => Promise<T>,
  mode: 'READ_ONLY' | 'READ_WRITE' = warehouse === ':memory:' ? 'READ_WRITE' : 'READ_ONLY',
): Promise<T> {
  const instance = await DuckDBInstance.create(warehouse, { access_mode: mode });
  const connection = await instance.connect();
  try {
    return await work(async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson());
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
