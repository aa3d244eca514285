import type { Partition } from '../lake/keys.ts';
import type { RowAccounts } from '../lake/manifest.ts';
import { numberIn, textIn, type Row } from './rows.ts';
import { bigDecimal, date, integer, text, timestamp } from './sql.ts';

/** `raw_data.load_ledger` says which load every partition stands for; dbt reads raw rows through it. */
export const ledgerTable = 'raw_data.load_ledger';

/** What the ledger knows of a partition. */
export interface LedgerState {
  /** null: the partition has no row yet */
  readonly partition: {
    readonly commitSeq: number;
    readonly loadId: string | null;
    readonly rows: number;
  } | null;
  /** Whether any partition stands for the load that was asked about, so that its rows must be there. */
  readonly isLoadNamed: boolean;
}

/** One row of the ledger. */
export interface LedgerEntry {
  readonly partition: Partition;
  readonly commitSeq: number;
  readonly committedAt: Date;
  readonly loadedAt: Date;
  /** null: withdrawn, the partition stands for no rows */
  readonly load: LedgerLoad | null;
}

export interface LedgerLoad {
  readonly loadId: string;
  readonly manifestUri: string;
  readonly contractVersion: number;
  readonly rows: RowAccounts;
  readonly hashSum: string;
  /** Columns of the contract that the source had. */
  readonly columns: readonly string[];
  readonly unmappedColumns: readonly string[];
  /** Rows that were set aside by reason; a row with two reasons counts in both. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** −1 stands for "not hourly": null would match nothing in SQL. */
export const hourOf = ({ hour }: Partition): number => hour ?? -1;

/** Condition that picks the partition's row. */
export const ofPartition = (partition: Partition): string =>
  `source = ${text(partition.source)} and partition_date = ${date(partition.date)} and partition_hour = ${integer(hourOf(partition))}`;

/** One query for all that a loader must know before it decides. */
export function ledgerQuery(partition: Partition, loadId: string | null): string {
  const here = ofPartition(partition);
  const named = loadId === null ? '0' : `sum(case when load_id = ${text(loadId)} then 1 else 0 end)`;
  return `select
    max(case when ${here} then commit_seq end) as commit_seq,
    max(case when ${here} then load_id end) as load_id,
    max(case when ${here} then rows_loaded end) as rows_loaded,
    cast(coalesce(${named}, 0) as bigint) as naming_partitions
from ${ledgerTable}
where source = ${text(partition.source)}`;
}

export function readLedgerState(row: Row | undefined): LedgerState {
  const commitSeq = numberIn(row, 'commit_seq');
  return {
    partition:
      commitSeq === null
        ? null
        : { commitSeq, loadId: textIn(row, 'load_id'), rows: numberIn(row, 'rows_loaded') ?? 0 },
    isLoadNamed: (numberIn(row, 'naming_partitions') ?? 0) > 0,
  };
}

/** Writes an entry's row. */
export function insertEntry({ partition, commitSeq, committedAt, loadedAt, load }: LedgerEntry): string {
  const rows = load?.rows;
  const values: readonly (readonly [string, string])[] = [
    ['source', text(partition.source)],
    ['partition_date', date(partition.date)],
    ['partition_hour', integer(hourOf(partition))],
    ['commit_seq', integer(commitSeq)],
    ['load_id', load === null ? 'null' : text(load.loadId)],
    ['manifest_uri', load === null ? 'null' : text(load.manifestUri)],
    ['contract_version', load === null ? 'null' : integer(load.contractVersion)],
    ['rows_read', integer(rows?.read ?? 0)],
    ['rows_loaded', integer(rows?.loaded ?? 0)],
    ['rows_quarantined', integer(rows?.quarantined ?? 0)],
    ['rows_deduplicated', integer(rows?.deduplicated ?? 0)],
    ['rows_erased', integer(rows?.erased ?? 0)],
    ['hash_sum', bigDecimal(load?.hashSum ?? '0')],
    ['unmapped_columns', unmappedColumns(load?.unmappedColumns ?? [])],
    ['committed_at', timestamp(committedAt)],
    ['loaded_at', timestamp(loadedAt)],
  ];
  const columns = values.map(([column]) => column).join(', ');
  return `insert into ${ledgerTable} (${columns})\nvalues (${values.map(([, value]) => value).join(', ')})`;
}

const unmappedBytes = 4096;

/**
 * JSON array of the names, or null where there are none. Where they do not fit into the column, as many as do are
 * kept and a last element says how many more there are: a report must not fail a load.
 */
function unmappedColumns(names: readonly string[]): string {
  if (names.length === 0) return 'null';
  for (let kept = names.length; kept >= 0; kept--) {
    const more = names.length - kept;
    const json = JSON.stringify([...names.slice(0, kept), ...(more > 0 ? [`… ${more} more`] : [])]);
    if (Buffer.byteLength(json) <= unmappedBytes) return text(json);
  }
  return 'null';
}
