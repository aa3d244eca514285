import type { Partition } from '../../shared/lake/keys.ts';
import { readQualityTable, type TableRow } from './quality-tables.ts';

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

/** Reads what the last build says of every partition; empty when nothing was ever built. */
export async function readReconciliation(warehouse: string): Promise<ReadonlyMap<string, Reconciliation>> {
  const rows = await readQualityTable(
    warehouse,
    'reconciliation',
    `select source, cast(partition_date as varchar) as partition_date, partition_hour, is_committed,
        warehouse_rows, superseded_rows, mart_rows, is_reconciled, difference
      from quality.reconciliation`,
  );
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
}

const reconciliationOf = (row: TableRow): Reconciliation => ({
  isCommitted: row.is_committed === true,
  warehouseRows: Number(row.warehouse_rows),
  supersededRows: numberOrNull(row.superseded_rows),
  martRows: numberOrNull(row.mart_rows),
  isReconciled: row.is_reconciled === true,
  difference: typeof row.difference === 'string' ? row.difference : null,
});

const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
