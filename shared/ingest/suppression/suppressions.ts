import { createHmac } from 'node:crypto';
import { subjectKinds, type SubjectKind } from '../../contracts/contract.ts';
import type { ObjectStore } from '../../lake/object-store.ts';
import { readSuppressionList, type SuppressionList } from '../../lake/suppression-list.ts';
import { ConfigurationError } from '../../runtime/errors.ts';

/** Whose rows are left out, ready to be compared with. */
export interface Suppressions {
  /** Of the list; 0 where there is none. */
  readonly version: number;
  /** Key of the digests; empty where there are none. */
  readonly key: string;
  readonly digests: readonly string[];
  /** Kinds of identifiers that the list holds any of: others need not be looked for. */
  readonly kinds: readonly SubjectKind[];
}

export const noSuppressions: Suppressions = { version: 0, key: '', digests: [], kinds: [] };

/** Where the key of the list comes from; asked for only where there is a list. */
export type ReadKey = () => Promise<string>;

const shortestKey = 32;

/** Digest of a constant under a key. */
export const keyCheck = (key: string): string => createHmac('sha256', key).update('key check').digest('hex');

/**
 * The list as it is now. Throws `ConfigurationError` when the key is not the one that the list was made with: nobody
 * on it would be found.
 */
export async function readSuppressions(lake: ObjectStore, readKey: ReadKey): Promise<Suppressions> {
  const list = await readSuppressionList(lake);
  if (list === undefined) return noSuppressions;
  return suppressionsOf(list, await readKey());
}

export function suppressionsOf(list: SuppressionList, key: string): Suppressions {
  checkKey(list, key);
  const digestsOf = (kind: SubjectKind): readonly string[] =>
    list.entries.flatMap(({ digests }) => digests[kind] ?? []);
  return {
    version: list.version,
    key,
    digests: [...new Set(subjectKinds.flatMap(digestsOf))],
    kinds: subjectKinds.filter((kind) => digestsOf(kind).length > 0),
  };
}

/** Throws `ConfigurationError` unless the key may be used with the list. */
export function checkKey(list: SuppressionList | undefined, key: string): void {
  if (key.length < shortestKey)
    throw new ConfigurationError(
      `the suppression key has fewer than ${shortestKey} characters; store a random one in SSM Parameter Store`,
    );
  if (list !== undefined && list.key_check !== keyCheck(key))
    throw new ConfigurationError(
      'the suppression key is not the one that the list of erased persons was made with; restore it in SSM Parameter Store',
    );
}
