import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Partition } from '../../shared/lake/keys.ts';

/** How a partition is called in the map of reconciliations. */
export const partitionKey = ({ source, date, hour }: Partition): string => `${source} ${date} ${hour ?? -1}`;

/** A row of `quality.reconciliation`. */
export interface Reconciliation {
  readonly isCommitted: boolean;
  readonly warehouseRows: number;
  readonly supersededRows: number | null;
  readonly martRows: number | null;
  readonly isReconciled: boolean;
  readonly difference: string | null;
}

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

/** Reads what the last build says of every partition; empty when nothing was ever built. */
export async function readReconciliation(warehouse: string): Promise<ReadonlyMap<string, Reconciliation>> {
  if (!existsSync(warehouse)) return new Map();
  const instance = await openWarehouse(warehouse);
  const connection = await instance.connect();
  try {
    const { value } = (
      await connection.runAndReadAll(
        `select count(*) > 0 as value from duckdb_tables() where schema_name = 'quality' and table_name = 'reconciliation'`,
      )
    ).getRowObjects()[0] ?? { value: false };
    if (value !== true) return new Map();
    const rows = (
      await connection.runAndReadAll(
        `select source, cast(partition_date as varchar) as partition_date, partition_hour, is_committed,
            warehouse_rows, superseded_rows, mart_rows, is_reconciled, difference
          from quality.reconciliation`,
      )
    ).getRowObjects();
    return new Map(
      rows.map((row) => {
        const hour = Number(row.partition_hour);
        const key = partitionKey({
          source: String(row.source),
          date: String(row.partition_date),
          hour: hour === -1 ? null : hour,
        });
        return [key, reconciliationOf(row)] as const;
      }),
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const reconciliationOf = (row: Readonly<Record<string, unknown>>): Reconciliation => ({
  isCommitted: row.is_committed === true,
  warehouseRows: Number(row.warehouse_rows),
  supersededRows: numberOrNull(row.superseded_rows),
  martRows: numberOrNull(row.mart_rows),
  isReconciled: row.is_reconciled === true,
  difference: typeof row.difference === 'string' ? row.difference : null,
});

const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
