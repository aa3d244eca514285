import type { Partition } from '../lake/keys.ts';
import { noRows, type RowAccounts } from '../lake/manifest.ts';

export type IngestOutcome = 'committed' | 'unchanged' | 'carried_forward' | 'withdrawn' | 'restored';

/** What an ingest function answers; `rows` are those of the load that the partition stands for. */
export interface IngestResult {
  readonly source: string;
  readonly partition_date: string;
  readonly partition_hour: number | null;
  readonly outcome: IngestOutcome;
  readonly load_id: string | null;
  readonly rows: RowAccounts;
  /** Bytes of Parquet in the lake */
  readonly bytes: number;
  readonly manifest_uri: string | null;
  /** Headers of the source that the contract does not know. */
  readonly unmapped_columns: readonly string[];
  readonly duration_ms: number;
}

/** An answer before its duration is known. */
export type Answer = Omit<IngestResult, 'duration_ms'>;

/** Answer for a partition that stands for no rows. */
export const withdrawnAnswer = (
  { source, date, hour }: Partition,
  outcome: 'withdrawn' | 'unchanged',
): Answer => ({
  source,
  partition_date: date,
  partition_hour: hour,
  outcome,
  load_id: null,
  rows: noRows,
  bytes: 0,
  manifest_uri: null,
  unmapped_columns: [],
});
