import { unnamedLoadsKey } from '../../shared/lake/keys.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';
import { CommitConflict } from '../../shared/runtime/errors.ts';

/** Since when nothing names a load, by load id; RFC 3339, UTC. */
type Since = Readonly<Record<string, string>>;

/**
 * What was seen unnamed at earlier looks. An attempt that read a pointer before it was replaced may name its load once
 * more (a snapshot carried forward), whatever the load's own age is; so a load is removed only if nothing named it for
 * longer than any attempt lives.
 */
export class UnnamedLoads {
  readonly #lake: ObjectStore;
  readonly #before: Since;
  readonly #etag: string | null;
  readonly #now: Date;
  readonly #seen = new Map<string, string>();

  private constructor(lake: ObjectStore, before: Since, etag: string | null, now: Date) {
    this.#lake = lake;
    this.#before = before;
    this.#etag = etag;
    this.#now = now;
  }

  static async read(lake: ObjectStore, now: Date): Promise<UnnamedLoads> {
    const stored = await lake.readText(unnamedLoadsKey);
    const before: { readonly loads: Since } = stored === undefined ? { loads: {} } : JSON.parse(stored.text);
    return new UnnamedLoads(lake, before.loads, stored?.etag ?? null, now);
  }

  /** Notes a load as unnamed now; answers for how many milliseconds it has been. */
  note(loadId: string): number {
    const since = this.#before[loadId] ?? this.#now.toISOString();
    this.#seen.set(loadId, since);
    return this.#now.getTime() - Date.parse(since);
  }

  /** Stores what was noted; loads that were not noted this time are forgotten: something names them again. */
  async save(): Promise<void> {
    const text = JSON.stringify({ loads: Object.fromEntries(this.#seen) });
    const outcome = await this.#lake.putText(unnamedLoadsKey, text, { expectedETag: this.#etag });
    if (outcome === 'written') return;
    const stored = await this.#lake.readText(unnamedLoadsKey);
    // a lost answer makes the client put twice: then what is there is ours all the same
    if (stored?.text !== text)
      throw new CommitConflict('another run of lake-retention is under way; run it again');
  }
}
