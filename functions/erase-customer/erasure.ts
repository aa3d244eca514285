import { erasureKey, type Partition } from '../../shared/lake/keys.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';
import type { Erased } from '../../shared/ingest/rewrite/landed-load.ts';
import { CommitConflict } from '../../shared/runtime/errors.ts';

/** A load that held the person. */
export interface HeldLoad {
  readonly source: string;
  readonly partition_date: string;
  readonly partition_hour: number | null;
  readonly load_id: string;
  readonly rows: Erased;
  /** The load that took its place; null where no pointer named it. */
  readonly replacement: { readonly load_id: string; readonly manifest_uri: string } | null;
  /** Partitions whose pointers named it: to be loaded into the warehouse again. */
  readonly partitions: readonly { readonly date: string; readonly hour: number | null }[];
  /** What was found to be removed; set before it is, so that it is complete even if the removal is interrupted. */
  readonly removal: Removal | null;
}

export interface Removal {
  readonly objects: number;
  readonly versions: number;
  readonly bytes: number;
}

/** Progress and accounts of one request; names nobody. */
export interface Erasure {
  readonly request_id: string;
  /** RFC 3339, UTC: when the person was put on the list */
  readonly registered_at: string;
  /** Version of the list from which on loads are made without the person. */
  readonly list_version: number;
  readonly phase: 'rewriting' | 'rewritten' | 'purged' | 'lifted';
  /** The last load that was looked at; null before the first. */
  readonly scanned_through: string | null;
  readonly loads_scanned: number;
  readonly held: readonly HeldLoad[];
  /** When a pointer was last replaced for this request. */
  readonly last_commit_at: string | null;
  /** Superseded versions of pointers that were removed with the loads they named. */
  readonly pointer_versions: number;
  /** Whether those of the purge under way are counted already. */
  readonly pointers_counted: boolean;
  readonly purged_at: string | null;
}

/** The state of one request in the lake; only one run at a time can write it. */
export class ErasureRecord {
  readonly #lake: ObjectStore;
  #etag: string | null;
  #state: Erasure;

  private constructor(lake: ObjectStore, state: Erasure, etag: string | null) {
    this.#lake = lake;
    this.#state = state;
    this.#etag = etag;
  }

  static async read(lake: ObjectStore, requestId: string): Promise<ErasureRecord | undefined> {
    const stored = await lake.readText(erasureKey(requestId));
    if (stored === undefined) return undefined;
    const state: Erasure = JSON.parse(stored.text);
    return new ErasureRecord(lake, state, stored.etag);
  }

  /** A request that is not stored yet; the first `save` does. */
  static begin(lake: ObjectStore, state: Erasure): ErasureRecord {
    return new ErasureRecord(lake, state, null);
  }

  get state(): Erasure {
    return this.#state;
  }

  /** Changes the state, here only. */
  note(change: Partial<Erasure>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** Notes a load under its id, in place of what was known of it. */
  noteHeld(held: HeldLoad): void {
    const others = this.#state.held.filter(({ load_id: id }) => id !== held.load_id);
    this.note({ held: [...others, held] });
  }

  /** Writes the state. Throws `CommitConflict` when another run wrote it meanwhile. */
  async save(change: Partial<Erasure> = {}): Promise<void> {
    this.note(change);
    const { request_id: id } = this.#state;
    const text = JSON.stringify(this.#state);
    const outcome = await this.#lake.putText(erasureKey(id), text, { expectedETag: this.#etag });
    const stored = await this.#lake.readText(erasureKey(id));
    // a lost answer makes the client put twice: then what is there is ours all the same
    if (outcome !== 'written' && stored?.text !== text)
      throw new CommitConflict(`another run works on ${id}; wait for it to end and run this again`);
    this.#etag = stored?.etag ?? null;
  }
}

export const partitionOfHeld = (held: HeldLoad): Partition => ({
  source: held.source,
  date: held.partition_date,
  hour: held.partition_hour,
});
