import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subjectKinds } from '../../shared/contracts/contract.ts';
import { Engine } from '../../shared/ingest/conform/engine.ts';
import { defineKeyed, digestsOf } from '../../shared/ingest/suppression/find-suppressed.ts';
import { checkKey, keyCheck } from '../../shared/ingest/suppression/suppressions.ts';
import {
  changeSuppressionList,
  type SubjectDigests,
  type SuppressionEntry,
  type SuppressionList,
} from '../../shared/lake/suppression-list.ts';
import { InvalidRequest } from '../../shared/runtime/errors.ts';
import { ErasureRecord, type Erasure } from './erasure.ts';
import { parseIdentifiers, type Identifiers } from './identifiers.ts';
import type { EraseServices } from './services.ts';

/**
 * Puts the person whom a request names on the suppression list, and forgets the identifiers: the parameter that held them
 * is deleted. Whatever step it broke off at, the next call goes on. More identifiers under the same number are added, and
 * everything is looked through again.
 */
export async function register(services: EraseServices, requestId: string): Promise<ErasureRecord> {
  const { lake, parameters } = services;
  const text = await parameters.read(requestId);
  const record = await ErasureRecord.read(lake, requestId);
  if (text === undefined) return record ?? refuse(requestId);
  const entry = await addToList(services, requestId, parseIdentifiers(text));
  const isKnown = record !== undefined && record.state.list_version >= entry.version;
  const next = isKnown ? record : (record ?? ErasureRecord.begin(lake, beginning(requestId)));
  if (!isKnown)
    await next.save({
      registered_at: services.now().toISOString(),
      list_version: entry.version,
      phase: 'rewriting',
      scanned_through: null,
      pointers_counted: false,
      purged_at: null,
    });
  await parameters.remove(requestId);
  return next;
}

/** Takes the person off the list: from then on rows that name them are taken in again. */
export async function lift({ lake }: EraseServices, requestId: string): Promise<ErasureRecord> {
  const record = await ErasureRecord.read(lake, requestId);
  if (record === undefined) return refuse(requestId);
  await changeSuppressionList(lake, (before) =>
    before === undefined || entryOf(before, requestId) === undefined
      ? undefined
      : {
          ...before,
          version: before.version + 1,
          entries: before.entries.filter(({ request_id: id }) => id !== requestId),
        },
  );
  if (record.state.phase !== 'lifted') await record.save({ phase: 'lifted' });
  return record;
}

function refuse(requestId: string): never {
  throw new InvalidRequest(
    `nothing is known of request ${requestId}: store the identifiers in a SecureString parameter of that name first (docs/runbooks/erase-a-customer.md)`,
  );
}

const beginning = (requestId: string): Erasure => ({
  request_id: requestId,
  registered_at: '',
  list_version: 0,
  phase: 'rewriting',
  scanned_through: null,
  loads_scanned: 0,
  held: [],
  last_commit_at: null,
  pointer_versions: 0,
  pointers_counted: false,
  purged_at: null,
});

const entryOf = (list: SuppressionList | undefined, requestId: string): SuppressionEntry | undefined =>
  list?.entries.find(({ request_id: id }) => id === requestId);

async function addToList(
  { lake, readSuppressionKey, now }: EraseServices,
  requestId: string,
  identifiers: Identifiers,
): Promise<SuppressionEntry> {
  const key = await readSuppressionKey();
  const digests = await hashed(key, identifiers);
  const list = await changeSuppressionList(lake, (before) => {
    checkKey(before, key);
    const known = entryOf(before, requestId);
    if (known !== undefined && holdsAll(known.digests, digests)) return undefined;
    const version = (before?.version ?? 0) + 1;
    const entry = {
      request_id: requestId,
      added_at: now().toISOString(),
      version,
      digests: together(known?.digests ?? {}, digests),
    };
    const others = (before?.entries ?? []).filter(({ request_id: id }) => id !== requestId);
    return { version, key_check: keyCheck(key), entries: [...others, entry] };
  });
  const entry = entryOf(list, requestId);
  if (entry === undefined) throw new Error('the suppression list lost the entry');
  return entry;
}

async function hashed(key: string, identifiers: Identifiers): Promise<SubjectDigests> {
  const directory = await mkdtemp(join(tmpdir(), 'register-'));
  const engine = await Engine.open(directory);
  try {
    await defineKeyed(engine, key);
    const digests: Record<string, readonly string[]> = {};
    for (const kind of subjectKinds) digests[kind] = await digestsOf(engine, kind, identifiers[kind]);
    return digests;
  } finally {
    engine.close();
    await rm(directory, { recursive: true, force: true });
  }
}

const holdsAll = (known: SubjectDigests, wanted: SubjectDigests): boolean =>
  Object.entries(wanted).every(([kind, digests]) =>
    digests.every((digest) => known[kind]?.includes(digest) === true),
  );

const together = (a: SubjectDigests, b: SubjectDigests): SubjectDigests =>
  Object.fromEntries(
    subjectKinds.map((kind) => [kind, [...new Set([...(a[kind] ?? []), ...(b[kind] ?? [])])]]),
  );
