import { rewriteLoad } from '../../shared/ingest/rewrite/rewrite-load.ts';
import type { Erased } from '../../shared/ingest/rewrite/landed-load.ts';
import type { Suppressions } from '../../shared/ingest/suppression/suppressions.ts';
import { loadPrefix, newLoadId, sourcePrefix, type Partition } from '../../shared/lake/keys.ts';
import {
  loadNamedBy,
  partitionsOf,
  readPointers,
  type PartitionPointer,
} from '../../shared/lake/named-loads.ts';
import { readPointer, writePointer } from '../../shared/lake/pointer.ts';
import { readManifest } from '../../shared/lake/manifest.ts';
import { CommitConflict } from '../../shared/runtime/errors.ts';
import { lazily } from '../../shared/runtime/lazily.ts';
import type { ErasureRecord, HeldLoad } from './erasure.ts';
import type { LoadInLake } from './loads.ts';
import type { EraseServices } from './services.ts';

const attempts = 5;

/** The pointers of a source. */
export type SourcePointers = () => Promise<readonly PartitionPointer[]>;

/**
 * Reads the pointers of a source when they are first needed, and once: there are thousands. Each is read again before it
 * is replaced, and those that come to name an old load later are caught before the purge.
 */
export const sourcePointers = ({ lake }: EraseServices, source: string): SourcePointers =>
  lazily(async () => readPointers(lake, await partitionsOf(lake, sourcePrefix(source))));

/**
 * Makes every partition that stands for a load stand for what is left of it without the person. The plan is stored before
 * a pointer changes, so that a run that broke off is finished with the same new load, shared by all partitions that
 * shared the old one.
 */
export async function takeOut(
  services: EraseServices,
  record: ErasureRecord,
  load: LoadInLake,
  rows: Erased,
  suppressions: Suppressions,
  readSourcePointers: SourcePointers,
): Promise<void> {
  const known = record.state.held.find(({ load_id: id }) => id === load.loadId);
  const held: HeldLoad = known ?? {
    source: load.partition.source,
    partition_date: load.partition.date,
    partition_hour: load.partition.hour,
    load_id: load.loadId,
    rows,
    replacement: null,
    partitions: [],
    removal: null,
  };
  const pointers = await readSourcePointers();
  const named = pointers.filter((pointer) => loadNamedBy(services.lake, pointer) === load.loadId);
  record.noteHeld(named.length === 0 ? held : await replace(services, record, held, named, suppressions));
  await record.save();
}

/** Commits what is left of a load for every partition that stands for it. */
async function replace(
  services: EraseServices,
  record: ErasureRecord,
  held: HeldLoad,
  named: readonly PartitionPointer[],
  suppressions: Suppressions,
): Promise<HeldLoad> {
  const planned = await withReplacement(services, record, held, named, suppressions);
  for (const { partition } of named) await commitReplacement(services, partition, planned);
  record.note({ last_commit_at: services.now().toISOString() });
  return planned;
}

async function withReplacement(
  services: EraseServices,
  record: ErasureRecord,
  held: HeldLoad,
  named: readonly PartitionPointer[],
  suppressions: Suppressions,
): Promise<HeldLoad> {
  const { lake, now, subjects } = services;
  const partitions = named.map(({ partition: { date, hour } }) => ({ date, hour }));
  const isMade = held.replacement !== null && (await exists(services, held.replacement.manifest_uri));
  if (isMade) {
    const more = partitions.filter(
      (one) => !held.partitions.some(({ date, hour }) => date === one.date && hour === one.hour),
    );
    return { ...held, partitions: [...held.partitions, ...more] };
  }
  const partition = { source: held.source, date: held.partition_date, hour: held.partition_hour };
  const loadId = newLoadId(now());
  const manifest_uri = lake.uri(`${loadPrefix(partition, loadId)}/manifest.json`);
  const planned = { ...held, partitions, replacement: { load_id: loadId, manifest_uri } };
  record.noteHeld(planned);
  await record.save({ last_commit_at: now().toISOString() });
  const [first] = named;
  const { erased } = await rewriteLoad({
    lake,
    from: await readManifest(lake, first?.pointer.manifest_uri ?? ''),
    partition,
    loadId,
    columns: subjects[held.source] ?? [],
    suppressions,
    commitSeq: (first?.pointer.commit_seq ?? 0) + 1,
    previousLoadId: first?.pointer.load_id ?? null,
    now: now(),
  });
  return { ...planned, rows: erased };
}

const exists = async ({ lake }: EraseServices, uri: string): Promise<boolean> =>
  (await lake.head(lake.keyOf(uri))) !== undefined;

/** Replaces one pointer, unless it stands for something else by now. A withdrawn partition stays withdrawn. */
async function commitReplacement(
  { lake, now }: EraseServices,
  partition: Partition,
  { load_id: oldId, replacement }: HeldLoad,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const stored = await readPointer(lake, partition);
    if (stored === undefined || replacement === null || loadNamedBy(lake, stored) !== oldId) return;
    const pointer = {
      load_id: stored.pointer.load_id === null ? null : replacement.load_id,
      manifest_uri: replacement.manifest_uri,
      commit_seq: stored.pointer.commit_seq + 1,
      committed_at: now().toISOString(),
    };
    if ((await writePointer(lake, partition, pointer, stored.etag)) === 'written') return;
  }
  throw new CommitConflict('a partition is being committed by others; run this again');
}
