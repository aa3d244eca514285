import { countErased } from '../../shared/ingest/rewrite/landed-load.ts';
import type { Partition } from '../../shared/lake/keys.ts';
import type { Erasure, ErasureRecord } from './erasure.ts';
import type { EraseEvent } from './event.ts';
import { purge, purgeFrom, type PurgeOutcome } from './purge.ts';
import { lift, register } from './register.ts';
import { rewriteAll } from './rewrite.ts';
import type { EraseServices } from './services.ts';

interface PartitionName {
  readonly source: string;
  readonly partition_date: string;
  readonly partition_hour: number | null;
}

/** What the function answers: numbers and names of partitions, nobody's identifier. */
export interface EraseAnswer {
  readonly request_id: string;
  /**
   * `rewriting`: time was up, run it again. `rewritten`: load `partitions`, build the models, then purge. `too_early`,
   * `warehouse_is_behind`, `purging`: not purged yet. `purged`: done. `lifted`: the person is taken in again.
   */
  readonly outcome: 'rewriting' | 'lifted' | PurgeOutcome['outcome'];
  /** Version of the suppression list from which on loads are made without the person. */
  readonly list_version: number;
  readonly loads_scanned: number;
  /** Loads that held the person: replaced ones were committed, superseded ones were not any more. */
  readonly loads: { readonly replaced: number; readonly superseded: number };
  /** Rows that committed loads held of the person. */
  readonly rows: { readonly loaded: number; readonly quarantined: number; readonly deduplicated: number };
  /** To be loaded into the warehouse: everything that was rewritten, or what it still lacks. */
  readonly partitions: readonly PartitionName[];
  readonly purge_from: string | null;
  readonly removed: { readonly objects: number; readonly versions: number; readonly bytes: number };
}

/** Takes a request one step further; any step may be repeated, and one that broke off goes on where it was. */
export async function eraseCustomer(
  services: EraseServices,
  { requestId, action }: EraseEvent,
): Promise<EraseAnswer> {
  if (action === 'lift') return answer(services, await lift(services, requestId), 'lifted');
  const record = await register(services, requestId);
  if (action === 'purge') return purged(services, record);
  if (record.state.phase === 'rewriting') await rewriteAll(services, record);
  return answer(services, record, record.state.phase);
}

async function purged(services: EraseServices, record: ErasureRecord): Promise<EraseAnswer> {
  const result = await purge(services, record);
  const given = answer(services, record, result.outcome);
  return result.outcome === 'warehouse_is_behind'
    ? { ...given, partitions: result.behind.map(nameOf) }
    : given;
}

function answer(
  services: EraseServices,
  record: ErasureRecord,
  outcome: EraseAnswer['outcome'],
): EraseAnswer {
  const { state } = record;
  const replaced = state.held.filter(({ replacement }) => replacement !== null);
  const isOpen = state.phase === 'rewriting' || state.phase === 'rewritten';
  return {
    request_id: state.request_id,
    outcome,
    list_version: state.list_version,
    loads_scanned: state.loads_scanned,
    loads: { replaced: replaced.length, superseded: state.held.length - replaced.length },
    rows: {
      loaded: sum(replaced.map(({ rows }) => rows.loaded)),
      quarantined: sum(replaced.map(({ rows }) => rows.quarantined)),
      deduplicated: sum(replaced.map(({ rows }) => rows.deduplicated)),
    },
    partitions: partitionsOf(state).map(nameOf),
    purge_from: isOpen ? purgeFrom(services, record).toISOString() : null,
    removed: {
      objects: sum(state.held.map(({ removal }) => removal?.objects ?? 0)),
      versions: sum(state.held.map(({ removal }) => removal?.versions ?? 0)) + state.pointer_versions,
      bytes: sum(state.held.map(({ removal }) => removal?.bytes ?? 0)),
    },
  };
}

/** Every row of the committed loads that held the person, for the metrics. */
export const rowsErased = ({ rows }: EraseAnswer): number => countErased(rows);

const partitionsOf = ({ held }: Erasure): Partition[] =>
  held.flatMap(({ source, partitions }) => partitions.map(({ date, hour }) => ({ source, date, hour })));

const nameOf = ({ source, date, hour }: Partition): PartitionName => ({
  source,
  partition_date: date,
  partition_hour: hour,
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
