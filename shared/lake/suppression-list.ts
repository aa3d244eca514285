import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../runtime/errors.ts';
import { erasuresPrefix, suppressionListKey } from './keys.ts';
import type { ObjectStore } from './object-store.ts';

/** Digests of one person's identifiers by kind: HMAC-SHA-256, hexadecimal. */
export type SubjectDigests = Readonly<Record<string, readonly string[]>>;

/** One person who is not to be taken in, as far as one request named them. */
export interface SuppressionEntry {
  readonly request_id: string;
  /** RFC 3339, UTC: before the list was written */
  readonly added_at: string;
  /** Version of the list that it last changed with. */
  readonly version: number;
  readonly digests: SubjectDigests;
}

/** The one object that says whose rows ingest leaves out. It holds no identifier, only keyed hashes. */
export interface SuppressionList {
  /** One more with every change; a load's manifest says under which it was made. */
  readonly version: number;
  /** Digest of a constant: tells whether a key is the one that the digests were made with. */
  readonly key_check: string;
  readonly entries: readonly SuppressionEntry[];
}

/**
 * The list, or undefined where nobody was ever erased. Throws `ConfigurationError` where somebody was and the list is gone.
 */
export async function readSuppressionList(lake: ObjectStore): Promise<SuppressionList | undefined> {
  return (await readStored(lake))?.list;
}

/**
 * Changes the list by a function that may be called several times, since others may change it meanwhile. It answers
 * undefined where nothing is to be changed. Returns the list as it is then.
 */
export async function changeSuppressionList(
  lake: ObjectStore,
  change: (before: SuppressionList | undefined) => SuppressionList | undefined,
): Promise<SuppressionList | undefined> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const stored = await readStored(lake);
    const next = change(stored?.list);
    if (next === undefined) return stored?.list;
    const condition = { expectedETag: stored?.etag ?? null };
    const outcome = await lake.putText(suppressionListKey, JSON.stringify(next), condition);
    if (outcome === 'written') return next;
    await sleep(20 * 2 ** attempt);
  }
  throw new Error('the suppression list stayed locked by other writes');
}

async function readStored(
  lake: ObjectStore,
): Promise<{ readonly list: SuppressionList; readonly etag: string } | undefined> {
  const stored = await lake.readText(suppressionListKey);
  if (stored === undefined) return neverMade(lake);
  const list: SuppressionList = JSON.parse(stored.text);
  return { list, etag: stored.etag };
}

/** The list is written before the first request is: requests without a list mean that it was lost. */
async function neverMade(lake: ObjectStore): Promise<undefined> {
  for await (const _request of lake.listKeys(erasuresPrefix))
    throw new ConfigurationError(
      'the list of erased persons was lost, but requests to erase are there; nothing was changed. ' +
        'Restore suppression/list.json of the lake from its versions.',
    );
}
