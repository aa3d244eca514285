import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subjectKinds, type SubjectKind } from '../../contracts/contract.ts';
import type { ObjectStore } from '../../lake/object-store.ts';
import { changeSuppressionList, type SubjectDigests } from '../../lake/suppression-list.ts';
import { Engine } from '../conform/engine.ts';
import { defineKeyed, digestsOf } from '../suppression/find-suppressed.ts';
import { keyCheck } from '../suppression/suppressions.ts';

/** Puts a person on a lake's suppression list. */
export async function suppress(
  lake: ObjectStore,
  key: string,
  named: Partial<Record<SubjectKind, readonly string[]>>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'suppress-'));
  const engine = await Engine.open(directory);
  try {
    await defineKeyed(engine, key);
    const digests: Record<string, readonly string[]> = {};
    for (const kind of subjectKinds) digests[kind] = await digestsOf(engine, kind, named[kind] ?? []);
    await addDigests(lake, key, digests);
  } finally {
    engine.close();
    await rm(directory, { recursive: true, force: true });
  }
}

const addDigests = (lake: ObjectStore, key: string, digests: SubjectDigests) =>
  changeSuppressionList(lake, (before) => ({
    version: (before?.version ?? 0) + 1,
    key_check: keyCheck(key),
    entries: [
      ...(before?.entries ?? []),
      { request_id: 'R-1', added_at: new Date().toISOString(), version: (before?.version ?? 0) + 1, digests },
    ],
  }));
