import { partitionLabel, type Partition } from '../lake/keys.ts';
import { readManifest } from '../lake/manifest.ts';
import type { ObjectStore } from '../lake/object-store.ts';
import { readPointer, writePointer, type Pointer, type StoredPointer } from '../lake/pointer.ts';
import { CommitConflict } from '../runtime/errors.ts';

/** What a pointer is about to name. */
export interface Commit {
  readonly loadId: string | null;
  readonly manifestUri: string | null;
  /** Of the content; decides whether somebody else's commit says the same. Undefined: nothing to compare. */
  readonly fingerprint: string | undefined;
  readonly digest: string | undefined;
}

/** `superseded`: another attempt committed the same content first; `pointer` is then theirs. */
export interface CommitOutcome {
  readonly kind: 'committed' | 'superseded';
  readonly pointer: Pointer;
}

/**
 * Makes a load the one that its partition stands for, unless the pointer changed since it was read (`before`).
 * Throws `CommitConflict` when another attempt committed other content meanwhile: whoever reads again will see it.
 */
export async function commit(
  lake: ObjectStore,
  partition: Partition,
  before: StoredPointer | undefined,
  { loadId, manifestUri, fingerprint, digest }: Commit,
  now: Date,
): Promise<CommitOutcome> {
  const pointer: Pointer = {
    load_id: loadId,
    manifest_uri: manifestUri,
    commit_seq: (before?.pointer.commit_seq ?? 0) + 1,
    committed_at: now.toISOString(),
  };
  const outcome = await writePointer(lake, partition, pointer, before?.etag ?? null);
  if (outcome === 'written') return { kind: 'committed', pointer };

  const current = await readPointer(lake, partition);
  if (current !== undefined) {
    const theirs = current.pointer;
    // The put succeeded, only its answer was lost and the client sent it again.
    if (theirs.load_id === loadId && theirs.committed_at === pointer.committed_at)
      return { kind: 'committed', pointer: theirs };
    if (theirs.load_id !== null && theirs.manifest_uri !== null && fingerprint !== undefined) {
      const manifest = await readManifest(lake, theirs.manifest_uri);
      if (manifest.fingerprint === fingerprint && manifest.digest === digest)
        return { kind: 'superseded', pointer: theirs };
    }
  }
  throw new CommitConflict(
    `another attempt committed ${partitionLabel(partition)} while this one was under way; run it again`,
  );
}
