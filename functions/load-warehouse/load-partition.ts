import { partitionLabel, type Partition } from '../../shared/lake/keys.ts';
import type { Manifest } from '../../shared/lake/manifest.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';
import type { Pointer } from '../../shared/lake/pointer.ts';
import { ConfigurationError, WarehouseBusy, WarehouseRejected } from '../../shared/runtime/errors.ts';
import { failureError, type BatchFailure } from '../../shared/warehouse/failure.ts';
import {
  ledgerQuery,
  readLedgerState,
  type LedgerEntry,
  type LedgerState,
} from '../../shared/warehouse/ledger.ts';
import { assertions, loadStatements, type CopySource } from '../../shared/warehouse/load-statements.ts';
import type { Warehouse } from '../../shared/warehouse/warehouse.ts';
import { currentPointer, manifestOf } from './read-commit.ts';

export interface LoadDependencies {
  readonly lake: ObjectStore;
  readonly warehouse: Warehouse;
  /** Role that COPY reads the lake with. */
  readonly copyRoleArn: string;
  readonly now: () => Date;
}

export interface LoadOutcome {
  /** `missing`: nothing was ever committed for the partition. */
  readonly outcome: 'loaded' | 'unchanged' | 'missing';
  /** null: missing or withdrawn */
  readonly loadId: string | null;
  readonly commitSeq: number | null;
  readonly rows: number;
}

const maxAttempts = 5;

/**
 * Makes the warehouse stand for what the partition's pointer names. Any number of these may run at once, in any
 * order and again after any crash: the warehouse ends with the newest commit, once.
 */
export async function loadPartition(
  partition: Partition,
  dependencies: LoadDependencies,
): Promise<LoadOutcome> {
  let newestSeen = 0;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const pointer = await currentPointer(dependencies.lake, partition);
    if (pointer === undefined) return { outcome: 'missing', loadId: null, commitSeq: null, rows: 0 };
    if (pointer.commit_seq < newestSeen) throw foreignLake(partition);

    const state = await readState(partition, pointer, dependencies.warehouse);
    if (isCurrent(state, pointer, partition)) return unchanged(state, pointer);
    newestSeen = state.partition?.commitSeq ?? 0;
    // the pointer was replaced and loaded by others after it was read here: read it again
    if (newestSeen > pointer.commit_seq) continue;

    const loaded = await commit(partition, pointer, state, dependencies);
    if (loaded !== 'stale') return loaded;
  }
  throw new WarehouseBusy(
    `${partitionLabel(partition)} is being committed and loaded by others; try again later.`,
  );
}

async function readState(partition: Partition, pointer: Pointer, warehouse: Warehouse): Promise<LedgerState> {
  const [row] = await warehouse.query('Reading the load ledger', ledgerQuery(partition, pointer.load_id));
  return readLedgerState(row);
}

function isCurrent(state: LedgerState, pointer: Pointer, partition: Partition): boolean {
  if (state.partition?.commitSeq !== pointer.commit_seq) return false;
  if (state.partition.loadId !== pointer.load_id) throw foreignLake(partition);
  return true;
}

const unchanged = (state: LedgerState, pointer: Pointer): LoadOutcome => ({
  outcome: 'unchanged',
  loadId: pointer.load_id,
  commitSeq: pointer.commit_seq,
  rows: state.partition?.rows ?? 0,
});

/** Commits only ever count up, so a ledger that is ahead of the lake was not filled from this lake. */
const foreignLake = (partition: Partition): ConfigurationError =>
  new ConfigurationError(
    `The warehouse has another commit of ${partitionLabel(partition)} than the lake ever had: it was filled from another lake. Rebuild the warehouse from this lake, or restore the lake's pointers.`,
  );

/** Runs the transaction; `stale` when another loader brought this commit or a later one in the meantime. */
async function commit(
  partition: Partition,
  pointer: Pointer,
  state: LedgerState,
  { lake, warehouse, copyRoleArn, now }: LoadDependencies,
): Promise<LoadOutcome | 'stale'> {
  const manifest = await manifestOf(lake, partition, pointer);
  const entry = entryOf(partition, pointer, manifest, now());
  const copy: CopySource = { columns: manifest?.columns.map(({ name }) => name) ?? [], roleArn: copyRoleArn };

  let result = await warehouse.run(loadStatements({ entry, copy: state.isLoadNamed ? null : copy }));
  if (state.isLoadNamed && isIncomplete(result)) {
    // another loader deleted the rows after the ledger was read: bring them again
    result = await warehouse.run(loadStatements({ entry, copy }));
  }
  if (result.outcome === 'finished') {
    const { load_id: loadId, commit_seq: commitSeq } = pointer;
    return { outcome: 'loaded', loadId, commitSeq, rows: manifest?.rows.loaded ?? 0 };
  }
  if (result.assertion === assertions.stale) return 'stale';
  throw loadError(result, partition);
}

type RunResult = Awaited<ReturnType<Warehouse['run']>>;

const isIncomplete = (result: RunResult): boolean =>
  result.outcome === 'failed' &&
  (result.assertion === assertions.rowCount || result.assertion === assertions.hashSum);

function loadError(failure: BatchFailure, partition: Partition): Error {
  const label = partitionLabel(partition);
  if (failure.assertion === null) return failureError(failure, `Loading ${label}`);
  return new WarehouseRejected(
    `Loading ${label} was rejected: the rows that COPY brought are not those of the manifest (${failure.assertion}); nothing was changed. Ingest the partition again with "force".`,
    {
      details: { statement: failure.statement, reason: failure.assertion, statement_id: failure.statementId },
    },
  );
}

function entryOf(
  partition: Partition,
  pointer: Pointer,
  manifest: Manifest | null,
  loadedAt: Date,
): LedgerEntry {
  return {
    partition,
    commitSeq: pointer.commit_seq,
    committedAt: new Date(pointer.committed_at),
    loadedAt,
    load:
      manifest === null || pointer.manifest_uri === null
        ? null
        : {
            loadId: manifest.load_id,
            manifestUri: pointer.manifest_uri,
            contractVersion: manifest.contract_version,
            rows: manifest.rows,
            hashSum: manifest.hash_sum,
            columns: sourceColumns(manifest),
            unmappedColumns: manifest.unmapped_columns,
            reasons: manifest.reasons,
          },
  };
}

/** The contract's columns that the source had: neither those that we add nor those that it may lack and did. */
function sourceColumns({ columns, absent_columns: absent = [] }: Manifest): string[] {
  return columns.map(({ name }) => name).filter((name) => !name.startsWith('_') && !absent.includes(name));
}
