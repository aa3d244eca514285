import { setTimeout as sleep } from 'node:timers/promises';
import { pointerKey, sourcePrefix, type Partition } from './keys.ts';
import type { ObjectStore, PutOutcome } from './object-store.ts';

/** Names the load that a partition stands for; the one object of the lake that is ever replaced. */
export interface Pointer {
  /** null: the partition was withdrawn and stands for no rows */
  readonly load_id: string | null;
  /** manifest of that load; of a withdrawn partition, the manifest of the load that was withdrawn, if any */
  readonly manifest_uri: string | null;
  /** 1 for a partition's first commit, then one more each time */
  readonly commit_seq: number;
  /** RFC 3339, UTC */
  readonly committed_at: string;
}

export interface StoredPointer {
  readonly pointer: Pointer;
  readonly etag: string;
}

/** The partition's pointer and its ETag, or undefined when nothing was ever committed. */
export async function readPointer(
  lake: ObjectStore,
  partition: Partition,
): Promise<StoredPointer | undefined> {
  const stored = await lake.readText(pointerKey(partition));
  if (stored === undefined) return undefined;
  const pointer: Pointer = JSON.parse(stored.text);
  return { pointer, etag: stored.etag };
}

/**
 * Replaces the pointer only if it still is the one that was read (`expectedETag`, null for none). A 409 means that
 * another write was under way, so the same put is repeated; a 412 means that another attempt won.
 */
export async function writePointer(
  lake: ObjectStore,
  partition: Partition,
  pointer: Pointer,
  expectedETag: string | null,
): Promise<Exclude<PutOutcome, 'conflict'>> {
  const text = JSON.stringify(pointer);
  for (let attempt = 0; attempt < 10; attempt++) {
    const outcome = await lake.putText(pointerKey(partition), text, { expectedETag });
    if (outcome !== 'conflict') return outcome;
    await sleep(20 * 2 ** attempt);
  }
  throw new Error('the pointer stayed locked by other writes');
}

/**
 * Committed partitions of the same source (and hour) before this one, newest first: what a partition is compared
 * with. Lazy, since few are ever needed.
 */
export async function* earlierPartitions(
  lake: ObjectStore,
  partition: Partition,
): AsyncGenerator<{ readonly partition: Partition; readonly pointer: Pointer }> {
  const dates: string[] = [];
  for await (const folder of lake.listFolders(sourcePrefix(partition.source))) {
    const date = folder.replace('partition_date=', '');
    if (date < partition.date) dates.push(date);
  }
  for (const date of dates.toReversed()) {
    const earlier = { ...partition, date };
    const stored = await readPointer(lake, earlier);
    if (stored !== undefined) yield { partition: earlier, pointer: stored.pointer };
  }
}
