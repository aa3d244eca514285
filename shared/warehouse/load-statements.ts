import { copyManifestUri } from '../lake/manifest.ts';
import { insertEntry, ledgerTable, ofPartition, type LedgerEntry, type LedgerLoad } from './ledger.ts';
import { detailStatements } from './load-details.ts';
import { rawTableName } from './raw-tables.ts';
import { bigDecimal, integer, name, plainText, text } from './sql.ts';
import type { Statement } from './warehouse.ts';

/** How a load's rows come into the raw table. */
export interface CopySource {
  /** Columns of the load's files in their order: COPY from Parquet goes by position. */
  readonly columns: readonly string[];
  /** Role that COPY reads the lake with. */
  readonly roleArn: string;
}

export interface LoadPlan {
  readonly entry: LedgerEntry;
  /** null: the load's rows are there already (or it has none to bring), only the ledger changes. */
  readonly copy: CopySource | null;
}

/** What the transaction fails with, on purpose; constant texts that the loader knows again. */
export const assertions = {
  /** The ledger already has this commit of the partition, or a later one. */
  stale: 'stale commit',
  /** The raw table does not hold exactly the load's rows. */
  rowCount: 'row count mismatch',
  /** The raw table holds as many rows as the load, but others. */
  hashSum: 'hash sum mismatch',
} as const;

/**
 * The one transaction by which a partition comes to stand for a load (or for nothing, when withdrawn).
 *
 * A batch has no control flow, so whatever must hold is asserted: a cast of a constant text to integer fails the
 * transaction. The locks, always in this order, make loaders take turns; whatever a loader assumed before it got
 * them is checked again, or made not to matter:
 * - an older or equal commit fails on the ledger's `commit_seq`;
 * - with `copy`, rows of the load that another loader brought in the meantime are deleted first, so the load is
 *   there once, whoever comes second;
 * - without `copy`, a load whose rows are gone fails on the count;
 * - rows of loads that no ledger row names any more are deleted at the end.
 */
export function loadStatements({ entry, copy }: LoadPlan): Statement[] {
  const { partition, load } = entry;
  const table = rawTableName(partition.source);
  return [
    { label: 'lock ledger', sql: `lock ${ledgerTable}` },
    { label: 'lock raw table', sql: `lock ${table}` },
    assertNewer(entry),
    ...(load === null || copy === null ? [] : copyLoad(table, load, copy)),
    ...(load === null ? [] : assertComplete(table, load)),
    { label: 'clear ledger row', sql: `delete from ${ledgerTable}\nwhere ${ofPartition(partition)}` },
    { label: 'write ledger row', sql: insertEntry(entry) },
    ...detailStatements(entry),
    {
      label: 'delete unnamed loads',
      sql: `delete from ${table}\nwhere _load_id not in (\n    select load_id from ${ledgerTable}\n    where source = ${text(partition.source)} and load_id is not null\n)`,
    },
  ];
}

/** A select that fails with the constant text unless the condition holds. */
const assertion = (label: string, constant: string, condition: string, from: string): Statement => ({
  label,
  sql: `select cast(case when ${condition} then '1' else '${constant}' end as integer) as ok\nfrom ${from}`,
  assertion: constant,
});

const assertNewer = ({ partition, commitSeq }: LedgerEntry): Statement =>
  assertion(
    'check commit',
    assertions.stale,
    'count(*) = 0',
    `${ledgerTable}\nwhere ${ofPartition(partition)} and commit_seq >= ${integer(commitSeq)}`,
  );

function copyLoad(table: string, { loadId, manifestUri, rows }: LedgerLoad, copy: CopySource): Statement[] {
  const columns = copy.columns.map(name).join(', ');
  const clear = {
    label: 'clear load',
    sql: `delete from ${table}\nwhere _load_id = ${text(loadId)}`,
  };
  if (rows.loaded === 0) return [clear];
  return [
    clear,
    {
      label: 'copy',
      sql: `copy ${table} (${columns})\nfrom ${plainText(copyManifestUri(manifestUri))}\niam_role ${plainText(copy.roleArn)}\nformat as parquet\nmanifest`,
    },
  ];
}

function assertComplete(table: string, { loadId, rows, hashSum }: LedgerLoad): Statement[] {
  const from = `${table}\nwhere _load_id = ${text(loadId)}`;
  const sum = 'coalesce(sum(cast(_record_hash as decimal(38, 0))), 0)';
  return [
    assertion('check row count', assertions.rowCount, `count(*) = ${integer(rows.loaded)}`, from),
    assertion('check hash sum', assertions.hashSum, `${sum} = ${bigDecimal(hashSum)}`, from),
  ];
}
