import { writeFileSync } from 'node:fs';
import type { Partition } from '../../shared/lake/keys.ts';
import type { RowAccounts } from '../../shared/lake/manifest.ts';
import type { FleetSource } from './fleet.ts';
import type { InvocationLog, PartitionError, PartitionOutcome } from './invocations.ts';
import type { QualityFinding } from './quality.ts';
import { partitionKey, type Reconciliation } from './reconciliation.ts';

/** One expected partition and what became of it: the shape of an entry of `.local/run-report.json`. */
export interface PartitionReport {
  readonly source: string;
  readonly partition_date: string;
  readonly partition_hour: number | null;
  readonly outcome: PartitionOutcome['outcome'];
  readonly error: PartitionError | null;
  /** The load that the partition stands for; several partitions of a snapshot may share one. */
  readonly load_id: string | null;
  readonly rows: RowAccounts | null;
  readonly warehouse_rows: number | null;
  readonly mart_rows: number | null;
  readonly superseded_rows: number | null;
  readonly reconciled: boolean;
  readonly unmapped_columns: readonly string[];
  /** In words, where it does not reconcile. */
  readonly difference: string | null;
}

export interface RunReport {
  readonly runs: readonly PartitionReport[];
  readonly reconciled: boolean;
  /** Rows of `quality.checks` that are not ok. */
  readonly quality: readonly QualityFinding[];
}

/** Puts together what the functions answered and what the warehouse says, for every expected partition. */
export function makeReport(
  sources: readonly FleetSource[],
  expected: ReadonlyMap<string, readonly Partition[]>,
  invocations: InvocationLog,
  reconciliations: ReadonlyMap<string, Reconciliation>,
  quality: readonly QualityFinding[],
): RunReport {
  const runs = sources.flatMap((source) =>
    (expected.get(source.id) ?? []).map((partition) =>
      reportOf(
        partition,
        invocations.outcomeOf(source.functionName, partition),
        reconciliations.get(partitionKey(partition)),
      ),
    ),
  );
  return { runs, reconciled: runs.length > 0 && runs.every(({ reconciled }) => reconciled), quality };
}

function reportOf(
  { source, date, hour }: Partition,
  { outcome, result, error }: PartitionOutcome,
  found: Reconciliation | undefined,
): PartitionReport {
  const isMissing = found === undefined || !found.isCommitted;
  return {
    source,
    partition_date: date,
    partition_hour: hour,
    outcome,
    error,
    load_id: result?.load_id ?? null,
    rows: result?.rows ?? null,
    warehouse_rows: isMissing ? null : found.warehouseRows,
    mart_rows: isMissing ? null : found.martRows,
    superseded_rows: isMissing ? null : found.supersededRows,
    reconciled:
      outcome !== 'failed' && found !== undefined && found.isReconciled && agrees(result?.rows, found),
    unmapped_columns: result?.unmapped_columns ?? [],
    difference: found === undefined ? 'not in the warehouse' : found.difference,
  };
}

/** The function's own account and the warehouse's must be the same. */
const agrees = (rows: RowAccounts | undefined, found: Reconciliation): boolean =>
  rows === undefined || rows.loaded === found.warehouseRows;

export function writeReport(path: string, report: RunReport): void {
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
}
