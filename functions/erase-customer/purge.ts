import { readSuppressions } from '../../shared/ingest/suppression/suppressions.ts';
import { loadPrefix, pointerKey, quarantinePrefix, type Partition } from '../../shared/lake/keys.ts';
import { loadNamedBy } from '../../shared/lake/named-loads.ts';
import type { ObjectVersion } from '../../shared/lake/object-versions.ts';
import { InvalidRequest } from '../../shared/runtime/errors.ts';
import { partitionOfHeld, type ErasureRecord, type HeldLoad } from './erasure.ts';
import { isMadeWithout, loadsOf } from './loads.ts';
import { lookAt } from './rewrite.ts';
import type { EraseServices } from './services.ts';
import { sourcePointers, takeOut } from './take-out.ts';

/** What keeps the old loads from being removed yet. */
export type PurgeOutcome =
  | { readonly outcome: 'purged' }
  /** Attempts that began before the person was on the list, or read an old pointer, may still be under way. */
  | { readonly outcome: 'too_early'; readonly purgeFrom: string }
  /** Such an attempt did commit a load with the person; it was rewritten just now. */
  | { readonly outcome: 'rewritten' }
  /** The warehouse still has old loads of these partitions. */
  | { readonly outcome: 'warehouse_is_behind'; readonly behind: readonly Partition[] }
  /** Time was up; the next run goes on. */
  | { readonly outcome: 'purging' };

/** From when on old loads may be removed. */
export function purgeFrom({ settleMs }: EraseServices, { state }: ErasureRecord): Date {
  const last = [state.registered_at, state.last_commit_at ?? state.registered_at].map((time) =>
    Date.parse(time),
  );
  return new Date(Math.max(...last) + settleMs);
}

/** Removes every version of the loads that held the person, once nothing can need them any more. */
export async function purge(services: EraseServices, record: ErasureRecord): Promise<PurgeOutcome> {
  const { phase } = record.state;
  if (phase === 'purged') return { outcome: 'purged' };
  if (phase !== 'rewritten')
    throw new InvalidRequest('not every load was looked through yet; run it without purge until it says so');
  const from = purgeFrom(services, record);
  if (services.now() < from) return { outcome: 'too_early', purgeFrom: from.toISOString() };
  if (await catchLatecomers(services, record)) return { outcome: 'rewritten' };
  const held = new Map(record.state.held.map((one) => [one.load_id, one]));
  const behind = (await services.readLedger()).filter(({ loadId }) => held.has(loadId));
  if (behind.length > 0) return { outcome: 'warehouse_is_behind', behind };
  for (const one of record.state.held) {
    if (!services.hasTime()) return { outcome: 'purging' };
    await removeLoad(services, record, one);
  }
  await removePointerVersions(services, record);
  await record.save({ phase: 'purged', purged_at: services.now().toISOString() });
  return { outcome: 'purged' };
}

/**
 * Attempts that read the list before the person was on it have ended by now; what they left is looked at again, and
 * pointers that came to name an old load since (a snapshot carried forward) are replaced. Says whether there was any.
 */
async function catchLatecomers(services: EraseServices, record: ErasureRecord): Promise<boolean> {
  const { lake, versions, subjects, settleMs } = services;
  const suppressions = await readSuppressions(lake, services.readSuppressionKey);
  const since = Date.parse(record.state.registered_at) - settleMs;
  const before = record.state.last_commit_at;
  const heldBefore = record.state.held.length;
  for (const source of Object.keys(subjects).toSorted()) {
    const pointers = sourcePointers(services, source);
    const named = new Set((await pointers()).map((pointer) => loadNamedBy(lake, pointer)));
    for (const load of await loadsOf(versions, source)) {
      const held = record.state.held.find(({ load_id: id }) => id === load.loadId);
      if (held !== undefined) {
        if (named.has(load.loadId)) await takeOut(services, record, load, held.rows, suppressions, pointers);
      } else if (isLate(load.loadId, since) && !(await isMadeWithout(lake, load, record.state))) {
        await lookAt(services, record, load, suppressions, pointers);
      }
    }
  }
  return record.state.last_commit_at !== before || record.state.held.length > heldBefore;
}

/** Load ids sort by time. */
const isLate = (loadId: string, since: number): boolean =>
  loadId >= new Date(since).toISOString().replaceAll(/[-:.]/g, '');

async function removeLoad(services: EraseServices, record: ErasureRecord, held: HeldLoad): Promise<void> {
  const partition = partitionOfHeld(held);
  const versions: ObjectVersion[] = [];
  for (const prefix of [loadPrefix(partition, held.load_id), quarantinePrefix(partition, held.load_id)])
    for await (const version of services.versions.list(`${prefix}/`)) versions.push(version);
  if (held.removal === null) {
    const removal = {
      objects: new Set(versions.map(({ key }) => key)).size,
      versions: versions.length,
      bytes: versions.reduce((sum, { bytes }) => sum + bytes, 0),
    };
    record.noteHeld({ ...held, removal });
    await record.save();
  }
  await services.versions.remove(versions);
}

/** Superseded pointers name loads that are gone now; nobody shall go back to them. */
async function removePointerVersions({ versions }: EraseServices, record: ErasureRecord): Promise<void> {
  const { held, pointer_versions: counted, pointers_counted: isCounted } = record.state;
  const keys = held.flatMap(({ source, partitions }) =>
    partitions.map(({ date, hour }) => pointerKey({ source, date, hour })),
  );
  const old: ObjectVersion[] = [];
  for (const key of new Set(keys))
    for await (const version of versions.list(key)) if (!version.isCurrent) old.push(version);
  if (!isCounted) await record.save({ pointer_versions: counted + old.length, pointers_counted: true });
  await versions.remove(old);
}
