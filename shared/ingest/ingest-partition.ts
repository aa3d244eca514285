import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contract } from '../contracts/contract.ts';
import { failureKey, newLoadId, type Partition } from '../lake/keys.ts';
import { readManifest } from '../lake/manifest.ts';
import { readPointer } from '../lake/pointer.ts';
import { PlatformError } from '../runtime/errors.ts';
import { carriedLoad, unchangedLoad, type CommittedLoad } from './already-done.ts';
import type { Attempt, IngestServices } from './attempt.ts';
import { commit } from './commit.ts';
import { digestOf, writeLoad } from './write-load.ts';
import { landText } from './land.ts';
import type { IngestRequest } from './request.ts';
import { restoreLoad } from './rewrite/restore-partition.ts';
import { withdrawnAnswer, type Answer, type IngestOutcome } from './result.ts';
import { RecordSpool } from './framing/record-spool.ts';
import type { OpenedSource, ReadSource } from './source.ts';

/**
 * Lands one partition of one source in the lake, whole and unprocessed, and commits it; or finds that there is nothing
 * to do. Safe to run any number of times, also at once. Throws errors of `shared/runtime/errors.ts`; whatever it
 * throws, nothing was committed, and what was found is kept under `failed/`.
 */
export async function ingestPartition(
  contract: Contract,
  request: IngestRequest,
  services: IngestServices,
): Promise<Answer> {
  const partition: Partition = { source: contract.source, date: request.date, hour: request.hour };
  const attempt: Attempt = {
    contract,
    partition,
    request,
    services,
    loadId: newLoadId(services.now()),
    before: await readPointer(services.lake, partition),
    digest: digestOf(contract),
  };
  if (request.withdraw) return withdraw(attempt);
  if (request.restore !== null) return restore(attempt, request.restore);
  try {
    return await ingest(attempt);
  } catch (error) {
    if (error instanceof PlatformError && !error.retriable) await keepEvidence(attempt, error);
    throw error;
  }
}

async function ingest(attempt: Attempt): Promise<Answer> {
  const opened = await attempt.services.source.open(attempt.partition);
  if (opened.fingerprint !== undefined) {
    const done = await alreadyDone(attempt, opened.fingerprint);
    if (done !== undefined) return done;
  }
  const directory = await mkdtemp(join(tmpdir(), 'partition-'));
  const spool = new RecordSpool(directory);
  try {
    const read = await opened.read(spool);
    spool.flush();
    if (opened.fingerprint === undefined) {
      const done = await alreadyDone(attempt, read.fingerprint);
      if (done !== undefined) return done;
    }
    return await load(attempt, opened, read, spool, directory);
  } finally {
    spool.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The answer when the lake already says what this content would make it say. */
async function alreadyDone(attempt: Attempt, fingerprint: string): Promise<Answer | undefined> {
  const { contract, partition, request, before } = attempt;
  const { lake } = attempt.services;
  if (request.force) return undefined;
  const identity = { fingerprint, digest: attempt.digest };
  const own = await unchangedLoad(lake, before?.pointer, identity);
  if (own !== undefined)
    return before?.pointer.load_id === null
      ? withdrawnAnswer(partition, 'unchanged')
      : answer(partition, 'unchanged', own);
  if (contract.cadence !== 'snapshot') return undefined;
  const carried = await carriedLoad(lake, partition, identity);
  return carried && name(attempt, carried, 'carried_forward');
}

async function load(
  attempt: Attempt,
  opened: OpenedSource,
  read: ReadSource,
  spool: RecordSpool,
  directory: string,
): Promise<Answer> {
  const written = await writeLoad(attempt, opened.uri, read, spool, directory);
  return name(attempt, written, 'committed');
}

/** Commits a load; when another attempt committed the same content first, the answer is theirs. */
async function name(
  { services, partition, before, digest }: Attempt,
  named: CommittedLoad,
  outcome: IngestOutcome,
): Promise<Answer> {
  const { fingerprint, load_id: loadId } = named.manifest;
  const result = await commit(
    services.lake,
    partition,
    before,
    { loadId, manifestUri: named.manifestUri, fingerprint, digest },
    services.now(),
  );
  if (result.kind === 'committed') return answer(partition, outcome, named);
  const manifestUri = result.pointer.manifest_uri ?? named.manifestUri;
  return answer(partition, 'unchanged', {
    manifest: await readManifest(services.lake, manifestUri),
    manifestUri,
  });
}

async function withdraw({ services, partition, before }: Attempt): Promise<Answer> {
  if (before?.pointer.load_id === null) return withdrawnAnswer(partition, 'unchanged');
  await commit(
    services.lake,
    partition,
    before,
    {
      loadId: null,
      manifestUri: before?.pointer.manifest_uri ?? null,
      fingerprint: undefined,
      digest: undefined,
    },
    services.now(),
  );
  return withdrawnAnswer(partition, 'withdrawn');
}

async function restore(attempt: Attempt, earlierId: string): Promise<Answer> {
  const restored = await restoreLoad(attempt, earlierId);
  if (restored !== undefined) return answer(attempt.partition, 'restored', restored);
  const manifestUri = attempt.before?.pointer.manifest_uri ?? '';
  const manifest = await readManifest(attempt.services.lake, manifestUri);
  return answer(attempt.partition, 'unchanged', { manifest, manifestUri });
}

function answer(
  { source, date, hour }: Partition,
  outcome: IngestOutcome,
  { manifest, manifestUri }: CommittedLoad,
): Answer {
  return {
    source,
    partition_date: date,
    partition_hour: hour,
    outcome,
    load_id: manifest.load_id,
    rows: manifest.rows,
    bytes: manifest.files.reduce((total, { bytes }) => total + bytes, 0),
    manifest_uri: manifestUri,
    unmapped_columns: manifest.unmapped_columns,
  };
}

/** What is known of a failed attempt, without a single value of a row. */
async function keepEvidence(
  { services, partition, loadId }: Attempt,
  { name: error, message, details }: PlatformError,
): Promise<void> {
  await landText(services.lake, failureKey(partition, loadId), {
    error,
    message,
    details,
    failed_at: services.now().toISOString(),
  });
}
