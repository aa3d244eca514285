import { beginningOfLoad, loadOfKey, partitionOfPointer, type Partition } from '../../shared/lake/keys.ts';
import { loadNamedBy, readPointers } from '../../shared/lake/named-loads.ts';
import type { ListedObject, ObjectStore } from '../../shared/lake/object-store.ts';
import type { NamedLoad } from '../../shared/warehouse/named-loads.ts';
import type { RetentionEvent } from './event.ts';
import { UnnamedLoads } from './unnamed-loads.ts';

export interface RetentionServices {
  readonly lake: ObjectStore;
  /** Loads that the warehouse is made of. */
  readonly readLedger: () => Promise<readonly NamedLoad[]>;
  /** Younger loads stay, whatever names them. */
  readonly retentionMs: number;
  /** For so long nothing must have named a load: longer than any attempt lives. */
  readonly confirmMs: number;
  /** Whether there is time for another load. */
  readonly hasTime: () => boolean;
  readonly now: () => Date;
}

export interface RetentionAnswer {
  /** `stopped`: time was up; the next run goes on. */
  readonly outcome: 'complete' | 'stopped';
  readonly dry_run: boolean;
  /** Loads that a pointer or the ledger names. */
  readonly loads_named: number;
  /** Unnamed, but too young, or unnamed for too short a time. */
  readonly loads_waiting: number;
  readonly removed: Amount;
  /** What may be removed and was not: for lack of time, or because it was a dry run. */
  readonly left: Amount;
}

interface Amount {
  readonly loads: number;
  readonly objects: number;
  readonly bytes: number;
}

interface Load {
  readonly id: string;
  readonly objects: readonly ListedObject[];
}

const nothing: Amount = { loads: 0, objects: 0, bytes: 0 };

/** Removes loads that nothing names any more. Running it any number of times, also after it broke off, is safe. */
export async function retain(
  services: RetentionServices,
  { dryRun }: RetentionEvent,
): Promise<RetentionAnswer> {
  const { lake, now } = services;
  const inLedger = new Set((await services.readLedger()).map(({ loadId }) => loadId));
  const unnamed = await UnnamedLoads.read(lake, now());
  const removable = new Map<string, readonly Load[]>();
  let named = 0;
  let waiting = 0;
  for (const source of await sourcesOf(lake)) {
    const { loads, inPointers } = await survey(lake, source);
    const free = loads.filter(({ id }) => !inPointers.has(id) && !inLedger.has(id));
    const ready = free.filter(({ id }) => isOld(services, id) && unnamed.note(id) >= services.confirmMs);
    named += loads.length - free.length;
    waiting += free.length - ready.length;
    removable.set(source, ready);
  }
  // before anything is removed, so that what a run notes survives its breaking off
  if (!dryRun) await unnamed.save();
  const amounts = dryRun
    ? { removed: nothing, left: amountOf([...removable.values()].flat()) }
    : await removeAll(services, removable, inLedger);
  return {
    outcome: dryRun || amounts.left.loads === 0 ? 'complete' : 'stopped',
    dry_run: dryRun,
    loads_named: named,
    loads_waiting: waiting,
    ...amounts,
  };
}

const isOld = ({ retentionMs, now }: RetentionServices, loadId: string): boolean => {
  const began = beginningOfLoad(loadId);
  // an id that is not ours says nothing of its age
  return began !== undefined && now().getTime() - began.getTime() >= retentionMs;
};

async function sourcesOf(lake: ObjectStore): Promise<string[]> {
  const sources = new Set<string>();
  for (const zone of ['raw/', 'quarantine/'])
    for await (const source of lake.listFolders(zone)) sources.add(source);
  return [...sources].toSorted();
}

/** All loads of a source with their objects, and those that its pointers name. */
async function survey(
  lake: ObjectStore,
  source: string,
): Promise<{ readonly loads: readonly Load[]; readonly inPointers: ReadonlySet<string | undefined> }> {
  const loads = new Map<string, ListedObject[]>();
  const partitions: Partition[] = [];
  for (const zone of ['raw', 'quarantine'])
    for await (const object of lake.listObjects(`${zone}/${source}/`)) {
      const partition = partitionOfPointer(object.key);
      if (partition !== undefined) partitions.push(partition);
      const id = loadOfKey(object.key)?.loadId;
      if (id === undefined) continue;
      const objects = loads.get(id) ?? [];
      objects.push(object);
      loads.set(id, objects);
    }
  const pointers = await readPointers(lake, partitions);
  return {
    loads: [...loads].map(([id, objects]) => ({ id, objects })),
    inPointers: new Set(pointers.map((pointer) => loadNamedBy(lake, pointer))),
  };
}

/** Removes what is removable, looking at pointers once more before each source: somebody may have put one back. */
async function removeAll(
  { lake, hasTime }: RetentionServices,
  removable: ReadonlyMap<string, readonly Load[]>,
  inLedger: ReadonlySet<string>,
): Promise<{ readonly removed: Amount; readonly left: Amount }> {
  const removed: Load[] = [];
  const left: Load[] = [];
  for (const [source, loads] of removable) {
    if (loads.length === 0) continue;
    const { inPointers } = await survey(lake, source);
    for (const load of loads) {
      if (inPointers.has(load.id) || inLedger.has(load.id)) continue;
      if (!hasTime()) {
        left.push(load);
        continue;
      }
      await lake.remove(load.objects.map(({ key }) => key));
      removed.push(load);
    }
  }
  return { removed: amountOf(removed), left: amountOf(left) };
}

const amountOf = (loads: readonly Load[]): Amount => {
  const objects = loads.flatMap((load) => load.objects);
  return {
    loads: loads.length,
    objects: objects.length,
    bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
  };
};
