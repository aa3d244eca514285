import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPrefix, quarantinePrefix, type Partition } from '../../lake/keys.ts';
import { copyManifestOf, type LoadFile, type Manifest } from '../../lake/manifest.ts';
import type { ObjectStore } from '../../lake/object-store.ts';
import type { CommittedLoad } from '../already-done.ts';
import { Engine } from '../conform/engine.ts';
import { landFile, landText } from '../land.ts';
import type { ComparedColumn } from '../../contracts/compared-columns.ts';
import type { Suppressions } from '../suppression/suppressions.ts';
import { verifyLanded } from '../verify-landed.ts';
import { countErased, LandedLoad, type Erased, type Remaining } from './landed-load.ts';

export interface Rewrite {
  readonly lake: ObjectStore;
  /** The load that is rewritten; it stays as it is. */
  readonly from: Manifest;
  /** Where the new load is to lie. */
  readonly partition: Partition;
  readonly loadId: string;
  readonly columns: readonly ComparedColumn[];
  readonly suppressions: Suppressions;
  /** Of the pointer that will name the new load. */
  readonly commitSeq: number;
  readonly previousLoadId: string | null;
  /** What the new load takes the place of on purpose. */
  readonly replaces?: Manifest['replaces'];
  readonly now: Date;
}

/**
 * Makes a load of what is left of another one without the erased persons: from the landed Parquet, since the source may
 * no longer hold it. Invisible until a pointer names it. Fingerprint and digest are those of the first load, so a source
 * that did not change stays unchanged.
 */
export async function rewriteLoad(rewrite: Rewrite): Promise<CommittedLoad & { readonly erased: Erased }> {
  const directory = await mkdtemp(join(tmpdir(), 'rewrite-'));
  const engine = await Engine.open(directory);
  try {
    const { lake, from, loadId, partition, now } = rewrite;
    const landed = await LandedLoad.open(engine, {
      loaded: await fetch(lake, from.files, directory, 'loaded'),
      quarantine: await fetch(lake, from.quarantine_files, directory, 'quarantine'),
    });
    const erased = await landed.find(rewrite.columns, rewrite.suppressions);
    const labels = {
      sourceUri: from.source_uri,
      partitionDate: partition.date,
      partitionHour: partition.hour ?? -1,
      loadId,
      loadedAt: now.toISOString().replace('T', ' ').replace('Z', ''),
    };
    const kept = await landed.write(labels, directory);
    const file = await landLoaded(rewrite, kept.loadedPath, kept.loaded);
    const key = `${quarantinePrefix(partition, loadId)}/part-00000.parquet`;
    const quarantineFiles =
      kept.quarantined === 0 ? [] : [await landFile(lake, key, kept.quarantinePath, kept.quarantined)];
    const manifest = manifestOf(rewrite, erased, kept, [file], quarantineFiles);
    return { ...(await landManifests(rewrite, manifest)), erased };
  } finally {
    engine.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function fetch(
  lake: ObjectStore,
  files: readonly LoadFile[],
  directory: string,
  name: string,
): Promise<string[]> {
  const paths: string[] = [];
  for (const [index, { uri }] of files.entries()) {
    const path = join(directory, `${name}-${index}.parquet`);
    await lake.download(lake.keyOf(uri), path);
    paths.push(path);
  }
  return paths;
}

async function landLoaded({ lake, partition, loadId, from }: Rewrite, path: string, rows: number) {
  const key = `${loadPrefix(partition, loadId)}/part-00000.parquet`;
  const file = await landFile(lake, key, path, rows);
  await verifyLanded(lake, { key, bytes: file.bytes, rows, columns: from.columns });
  return file;
}

function manifestOf(
  rewrite: Rewrite,
  erased: Erased,
  kept: Remaining,
  files: readonly LoadFile[],
  quarantineFiles: readonly LoadFile[],
): Manifest {
  const { from, partition, replaces } = rewrite;
  return {
    ...from,
    load_id: rewrite.loadId,
    partition_date: partition.date,
    partition_hour: partition.hour,
    commit_seq: rewrite.commitSeq,
    previous_load_id: rewrite.previousLoadId,
    rows: {
      read: from.rows.read,
      loaded: from.rows.loaded - erased.loaded,
      quarantined: from.rows.quarantined - erased.quarantined,
      deduplicated: from.rows.deduplicated - erased.deduplicated,
      erased: from.rows.erased + countErased(erased),
    },
    reasons: kept.reasons,
    hash_sum: kept.hashSum,
    files,
    quarantine_files: quarantineFiles,
    created_at: rewrite.now.toISOString(),
    suppression_version: rewrite.suppressions.version,
    rewritten_from: from.load_id,
    ...(replaces === undefined ? {} : { replaces }),
  };
}

async function landManifests(
  { lake, partition, loadId }: Rewrite,
  manifest: Manifest,
): Promise<CommittedLoad> {
  const prefix = loadPrefix(partition, loadId);
  await landText(lake, `${prefix}/copy.json`, copyManifestOf(manifest.files));
  return { manifest, manifestUri: await landText(lake, `${prefix}/manifest.json`, manifest) };
}
