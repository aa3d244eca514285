import type { Contract } from '../contracts/contract.ts';
import type { Partition } from '../lake/keys.ts';
import { readManifest, type RowAccounts } from '../lake/manifest.ts';
import type { ObjectStore } from '../lake/object-store.ts';
import { earlierPartitions, type StoredPointer } from '../lake/pointer.ts';
import { ConfigurationError, SourceUnreadable, TooManyRejects, VolumeOutOfRange } from '../runtime/errors.ts';

/** A header without a record, or no record at all, is no partition unless the contract says so. */
export function guardEmptiness(contract: Contract, read: number): void {
  if (read === 0 && !contract.mayBeEmpty)
    throw new SourceUnreadable(
      'the source has a header but no record; nothing was committed. Ask its owner whether the export failed.',
    );
}

/** Throws `TooManyRejects` when more is rejected than the contract allows, in share and in number. */
export function guardRejects(
  { thresholds, source }: Contract,
  { read, quarantined }: RowAccounts,
  reasons: Readonly<Record<string, number>>,
): void {
  if (quarantined <= thresholds.rejectRows || quarantined <= read * thresholds.rejectShare) return;
  const [worst] = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  throw new TooManyRejects(
    `${quarantined} of ${read} records of ${source} are rejected (allowed: ${thresholds.rejectShare * 100} %), ` +
      `most often for ${worst?.[0] ?? 'no reason'}; nothing was committed. Ask the source's owner for a corrected one.`,
    { details: { reasons } },
  );
}

const comparedPartitions = 7;
const neededPartitions = 3;

/** Throws `VolumeOutOfRange` when the number of records is far from that of the partitions before it. */
export async function guardVolume(
  lake: ObjectStore,
  { thresholds }: Contract,
  partition: Partition,
  read: number,
): Promise<void> {
  const earlier: number[] = [];
  for await (const { pointer } of earlierPartitions(lake, partition)) {
    if (pointer.load_id === null || pointer.manifest_uri === null) continue;
    earlier.push((await readManifest(lake, pointer.manifest_uri)).rows.read);
    if (earlier.length === comparedPartitions) break;
  }
  if (earlier.length < neededPartitions) return;
  const usual = median(earlier);
  // Where nothing is usual (quiet hours), no number is far from it.
  if (usual === 0) return;
  if (read >= usual * thresholds.volumeLow && read <= usual * thresholds.volumeHigh) return;
  throw new VolumeOutOfRange(
    `the source has ${read} records, the ${earlier.length} partitions before it had ${usual} (median; allowed: ` +
      `${thresholds.volumeLow} to ${thresholds.volumeHigh} times that); nothing was committed. ` +
      'If that is right, run it again with accept_volume.',
    { details: { read, median: usual } },
  );
}

/**
 * Throws `ConfigurationError` when what the partition stood for, or else the newest partition before it, was made under a
 * newer suppression list: then the list was lost, and erased persons would be taken in again.
 */
export async function guardListVersion(
  lake: ObjectStore,
  partition: Partition,
  before: StoredPointer | undefined,
  version: number,
): Promise<void> {
  const uri = before?.pointer.manifest_uri ?? (await newestEarlierManifest(lake, partition));
  if (uri === undefined) return;
  const { suppression_version: known = 0 } = await readManifest(lake, uri);
  if (known > version)
    throw new ConfigurationError(
      `the list of erased persons is of version ${version}, but loads were made under version ${known}: it was lost; ` +
        'nothing was committed. Restore suppression/list.json of the lake from its versions.',
    );
}

async function newestEarlierManifest(lake: ObjectStore, partition: Partition): Promise<string | undefined> {
  for await (const { pointer } of earlierPartitions(lake, partition))
    if (pointer.manifest_uri !== null) return pointer.manifest_uri;
  return undefined;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
