import { loadOfKey, partitionOfPointer, type Partition } from './keys.ts';
import type { ObjectStore } from './object-store.ts';
import { readPointer, type StoredPointer } from './pointer.ts';

export interface PartitionPointer extends StoredPointer {
  readonly partition: Partition;
}

const readsAtOnce = 16;

/** The pointers of some partitions, as they are now; those that are gone are left out. */
export async function readPointers(
  lake: ObjectStore,
  partitions: readonly Partition[],
): Promise<PartitionPointer[]> {
  const found: PartitionPointer[] = [];
  for (let start = 0; start < partitions.length; start += readsAtOnce) {
    const read = partitions.slice(start, start + readsAtOnce).map(async (partition) => {
      const stored = await readPointer(lake, partition);
      return stored === undefined ? [] : [{ partition, ...stored }];
    });
    found.push(...(await Promise.all(read)).flat());
  }
  return found;
}

/** Every partition of a source that was ever committed. */
export async function partitionsOf(lake: ObjectStore, prefix: string): Promise<Partition[]> {
  const partitions: Partition[] = [];
  for await (const key of lake.listKeys(prefix)) {
    const partition = partitionOfPointer(key);
    if (partition !== undefined) partitions.push(partition);
  }
  return partitions;
}

/**
 * The load whose files a pointer needs: the one it stands for or, of a withdrawn partition, the one that was withdrawn,
 * since the source is compared with its manifest.
 */
export function loadNamedBy(lake: ObjectStore, { pointer }: StoredPointer): string | undefined {
  if (pointer.manifest_uri === null) return pointer.load_id ?? undefined;
  return loadOfKey(lake.keyOf(pointer.manifest_uri))?.loadId;
}
