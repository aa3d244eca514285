import { loadPrefix, partitionLabel, sourcePrefix, type Partition } from '../../lake/keys.ts';
import { readManifest } from '../../lake/manifest.ts';
import type { ObjectStore } from '../../lake/object-store.ts';
import { InvalidRequest } from '../../runtime/errors.ts';
import type { CommittedLoad } from '../already-done.ts';
import type { Attempt } from '../attempt.ts';
import { commit } from '../commit.ts';
import { comparedColumns } from '../../contracts/compared-columns.ts';
import { readSuppressions } from '../suppression/suppressions.ts';
import { rewriteLoad } from './rewrite-load.ts';

/**
 * Makes the partition stand for what one of its earlier loads held: a copy of it, so that nothing depends on when the old
 * one is cleaned away, and without whoever was erased since. As long as the source holds what is current now, scheduled
 * runs leave the restored load alone. Undefined when the partition stands for that load already.
 */
export async function restoreLoad(attempt: Attempt, earlierId: string): Promise<CommittedLoad | undefined> {
  const { partition, contract, before, loadId, services } = attempt;
  const { lake } = services;
  const currentUri = before?.pointer.manifest_uri ?? null;
  const current = currentUri === null ? undefined : await readManifest(lake, currentUri);
  const isWithdrawn = before?.pointer.load_id === null;
  if (!isWithdrawn && [current?.load_id, current?.rewritten_from].includes(earlierId)) return undefined;
  const from = await findLoad(lake, partition, contract.cadence === 'snapshot', earlierId);
  const replaced = current?.replaces ?? current;
  const restored = await rewriteLoad({
    lake,
    from,
    partition,
    loadId,
    columns: comparedColumns(contract),
    suppressions: await readSuppressions(lake, services.readSuppressionKey),
    commitSeq: (before?.pointer.commit_seq ?? 0) + 1,
    previousLoadId: before?.pointer.load_id ?? null,
    ...(replaced === undefined
      ? {}
      : { replaces: { fingerprint: replaced.fingerprint, digest: replaced.digest } }),
    now: services.now(),
  });
  const named = { loadId, manifestUri: restored.manifestUri, fingerprint: undefined, digest: undefined };
  await commit(lake, partition, before, named, services.now());
  return restored;
}

/** The manifest of a load of the partition, or, of a snapshot, of any partition before it. */
async function findLoad(lake: ObjectStore, partition: Partition, isSnapshot: boolean, loadId: string) {
  const dates = [partition.date];
  if (isSnapshot)
    for await (const folder of lake.listFolders(sourcePrefix(partition.source)))
      if (folder < `partition_date=${partition.date}`) dates.push(folder.replace('partition_date=', ''));
  for (const date of dates) {
    const key = `${loadPrefix({ ...partition, date }, loadId)}/manifest.json`;
    if ((await lake.head(key)) !== undefined) return readManifest(lake, lake.uri(key));
  }
  throw new InvalidRequest(
    `the lake has no load ${loadId} of ${partitionLabel(partition)}; see docs/runbooks/restore-a-partition.md for how to find one`,
  );
}
