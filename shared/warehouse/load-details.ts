import { hourOf, ofPartition, type LedgerEntry, type LedgerLoad } from './ledger.ts';
import { date, integer, text } from './sql.ts';
import type { Statement } from './warehouse.ts';

/** What a load's manifest says besides its accounts, one row per fact; dbt's quality models read it. */
export const detailsTable = 'raw_data.load_details';

/** `column`: the source had it; `unmapped_column`: the contract does not know it; `reason`: why rows were set aside. */
export type DetailKind = 'column' | 'unmapped_column' | 'reason';

interface Detail {
  readonly kind: DetailKind;
  readonly name: string;
  /** Rows that a reason met (a row with two reasons counts in both); null for columns. */
  readonly rows: number | null;
}

/** A statement may have 100 KB; so many names, so long, always fit. */
const mostUnmapped = 100;
const longestName = 120;

/** Replaces what is known of the partition; part of the transaction that replaces its ledger row. */
export function detailStatements(entry: LedgerEntry): Statement[] {
  const clear = {
    label: 'clear details',
    sql: `delete from ${detailsTable}\nwhere ${ofPartition(entry.partition)}`,
  };
  const { load } = entry;
  if (load === null) return [clear];
  const rows = detailsOf(load).map((detail) => `(${values(entry, load.loadId, detail)})`);
  if (rows.length === 0) return [clear];
  return [
    clear,
    {
      label: 'write details',
      sql: `insert into ${detailsTable} (source, partition_date, partition_hour, load_id, kind, name, row_count)\nvalues ${rows.join(',\n    ')}`,
    },
  ];
}

function detailsOf({ columns, unmappedColumns, reasons }: LedgerLoad): Detail[] {
  const left = unmappedColumns.length - mostUnmapped;
  return [
    ...columns.map((name) => ({ kind: 'column' as const, name, rows: null })),
    ...[
      ...unmappedColumns.slice(0, mostUnmapped).map(shortened),
      ...(left > 0 ? [`… ${left} more`] : []),
    ].map((name) => ({ kind: 'unmapped_column' as const, name, rows: null })),
    ...Object.entries(reasons).map(([name, rows]) => ({ kind: 'reason' as const, name, rows })),
  ];
}

/** At most three bytes for each of its units; a pair of them that is cut apart becomes a replacement character. */
const shortened = (name: string): string =>
  name.length <= longestName ? name : `${name.slice(0, longestName).toWellFormed()}…`;

const values = ({ partition }: LedgerEntry, loadId: string, { kind, name, rows }: Detail): string =>
  [
    text(partition.source),
    date(partition.date),
    integer(hourOf(partition)),
    text(loadId),
    text(kind),
    text(name),
    rows === null ? 'null' : integer(rows),
  ].join(', ');
