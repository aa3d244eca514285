import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../shared/ingest/conform/engine.ts';
import { LandedLoad, type Erased } from '../../shared/ingest/rewrite/landed-load.ts';
import type { ComparedColumn } from '../../shared/contracts/compared-columns.ts';
import type { Suppressions } from '../../shared/ingest/suppression/suppressions.ts';
import { beginningOfLoad, loadOfKey, type Partition } from '../../shared/lake/keys.ts';
import type { Manifest } from '../../shared/lake/manifest.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';
import type { ObjectVersions, ObjectVersion } from '../../shared/lake/object-versions.ts';

/** A load as the lake holds it: committed or not, also when it was removed and only old versions are left. */
export interface LoadInLake {
  readonly partition: Partition;
  readonly loadId: string;
  /** Orders the loads of a source. */
  readonly place: string;
  readonly objects: readonly ObjectVersion[];
}

/** Every load of a source that any version of an object belongs to, in the order of their places. */
export async function loadsOf(versions: ObjectVersions, source: string): Promise<LoadInLake[]> {
  const loads = new Map<string, LoadInLake & { readonly objects: ObjectVersion[] }>();
  for (const zone of ['raw', 'quarantine'])
    for await (const object of versions.list(`${zone}/${source}/`)) {
      const address = loadOfKey(object.key);
      if (address === undefined || object.isMarker) continue;
      const { partition, loadId } = address;
      const place = `${source}/${partition.date}/${String(partition.hour ?? '').padStart(2, '0')}/${loadId}`;
      const load = loads.get(place) ?? { partition, loadId, place, objects: [] };
      load.objects.push(object);
      loads.set(place, load);
    }
  return [...loads.values()].toSorted((a, b) => (a.place < b.place ? -1 : 1));
}

/** Clocks of functions differ by less. */
const clockMarginMs = 60_000;

/** Whether a load was made when the person was on the list already, so that it cannot hold them. */
export async function isMadeWithout(
  lake: ObjectStore,
  load: LoadInLake,
  { registered_at: registeredAt, list_version: version }: { registered_at: string; list_version: number },
): Promise<boolean> {
  const began = beginningOfLoad(load.loadId)?.getTime() ?? 0;
  const registered = Date.parse(registeredAt);
  if (began > registered + clockMarginMs) return true;
  if (began < registered - clockMarginMs) return false;
  const manifest = await manifestOf(lake, load);
  return manifest !== undefined && (manifest.suppression_version ?? 0) >= version;
}

/** The manifest of a load; undefined of one that was never finished. */
export async function manifestOf(lake: ObjectStore, { objects }: LoadInLake): Promise<Manifest | undefined> {
  const object = objects.find(({ key }) => key.endsWith('/manifest.json'));
  if (object === undefined) return undefined;
  const stored = await lake.readText(object.key, object.versionId);
  if (stored === undefined) return undefined;
  const manifest: Manifest = JSON.parse(stored.text);
  return manifest;
}

/** Rows of a load that name anybody on the list. */
export async function scanLoad(
  lake: ObjectStore,
  { objects }: LoadInLake,
  columns: readonly ComparedColumn[],
  suppressions: Suppressions,
): Promise<Erased> {
  const directory = await mkdtemp(join(tmpdir(), 'scan-'));
  const engine = await Engine.open(directory);
  try {
    const files: { loaded: string[]; quarantine: string[] } = { loaded: [], quarantine: [] };
    for (const [index, { key, versionId }] of objects.entries()) {
      if (!key.endsWith('.parquet')) continue;
      const path = join(directory, `${index}.parquet`);
      await lake.download(key, path, versionId);
      (key.startsWith('raw/') ? files.loaded : files.quarantine).push(path);
    }
    const landed = await LandedLoad.open(engine, files);
    return await landed.find(columns, suppressions);
  } finally {
    engine.close();
    await rm(directory, { recursive: true, force: true });
  }
}
