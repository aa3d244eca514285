import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';

export type TableRow = Readonly<Record<string, unknown>>;

/** Longer than any load of a partition writes. */
const patienceMs = 60_000;

/** Opens the warehouse for reading; waits while a load, which somebody may have asked for by hand, writes to it. */
async function openWarehouse(warehouse: string): Promise<DuckDBInstance> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await DuckDBInstance.create(warehouse, { access_mode: 'READ_ONLY' });
    } catch (error) {
      const isInUse = error instanceof Error && error.message.includes('Could not set lock');
      if (!isInUse || performance.now() > deadline) throw error;
      await pause(200);
    }
  }
}

/** Rows of a select on a table of the schema `quality`; none where it was never built. */
export async function readQualityTable(
  warehouse: string,
  table: string,
  select: string,
): Promise<TableRow[]> {
  if (!existsSync(warehouse)) return [];
  const instance = await openWarehouse(warehouse);
  const connection = await instance.connect();
  try {
    const found = await connection.runAndReadAll(
      `select 1 from duckdb_tables() where schema_name = 'quality' and table_name = $1`,
      [table],
    );
    if (found.currentRowCount === 0) return [];
    return (await connection.runAndReadAll(select)).getRowObjects();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
