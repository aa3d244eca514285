import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { GetParametersCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { erasureKey, type Partition } from '../../shared/lake/keys.ts';
import { ObjectStore } from '../../shared/lake/object-store.ts';
import { LAKE_BUCKET, REPOSITORY, SUPPRESSION_KEY_PARAMETER } from '../services/names.ts';
import { startPlatform, type Platform } from '../services/platform.ts';
import { partitionKey } from '../start/reconciliation.ts';
import type { RunReport } from '../start/report.ts';
import { call, callUntilDone, kill } from './testing/functions.ts';
import { giveSources, type GivenSources } from './testing/given-sources.ts';
import { lakeViewOf } from './testing/lake.ts';
import { lakeVersions } from './testing/lake-versions.ts';
import {
  identifiers,
  plantPerson,
  redeliver,
  spellings,
  type ExpectedErased,
} from './testing/planted-person.ts';
import { alertsOf } from './testing/alerts.ts';
import { makeTestFolder, reportOf, start } from './testing/platform-run.ts';
import { filesIn, leaks, tablesAsPlaces, type Place } from './testing/privacy.ts';
import { runAsOperator, shellBlocks } from './testing/runbook.ts';
import { query } from './testing/warehouse.ts';

const MINUTES = 60_000;
const [FIRST, SECOND] = ['2025-11-20', '2025-11-21'] as const;
const SCHEMAS = ['raw_data', 'staging', 'intermediate', 'marts', 'restricted', 'quality'];
const request = { request_id: 'DSR-2026-0142' };
const REQUESTS = `${SUPPRESSION_KEY_PARAMETER}_requests`;
const parameter = `${REQUESTS}/${request.request_id}`;
const runbook = 'docs/runbooks/erase-a-customer.md';

interface Answer {
  readonly outcome: string;
  readonly rows: Record<string, number>;
  readonly removed: Record<string, number>;
  readonly partitions: readonly {
    readonly source: string;
    readonly partition_date: string;
    readonly partition_hour: number | null;
  }[];
}

const folder = makeTestFolder();
const { home } = folder;
const operator = join(folder.root, 'operator');
let given: GivenSources;
let expected: ExpectedErased;
let before: RunReport;
let othersBefore: Record<string, readonly string[]>;

/** What everybody else's rows are, partition by partition. */
async function others(report: RunReport): Promise<Record<string, readonly string[]>> {
  const rows: Record<string, readonly string[]> = {};
  for (const run of report.runs) {
    const partition = partitionOf(run);
    const { loaded } = await lakeViewOf(home, partition);
    rows[partitionKey(partition)] = loaded.filter((row) => !names(row));
  }
  return rows;
}

const partitionOf = ({
  source,
  partition_date: date,
  partition_hour: hour,
}: RunReport['runs'][number]): Partition => ({
  source,
  date,
  hour,
});
const names = (text: string): boolean => spellings.some((one) => text.toLowerCase().includes(one));
const erasedIn = (report: RunReport): Record<string, number> =>
  Object.fromEntries(
    report.runs
      .filter(({ rows }) => (rows?.erased ?? 0) > 0)
      .map((run) => [partitionKey(partitionOf(run)), run.rows?.erased ?? 0]),
  );
const inLowerCase = (places: readonly Place[]): Place[] =>
  places.map(({ name, content }) => ({
    name,
    content: Buffer.from(content.toString('latin1').toLowerCase()),
  }));

/** Where the person is named, outside of the company's own sources. */
async function traces(): Promise<string[]> {
  const places = [
    ...(await tablesAsPlaces(home, SCHEMAS)),
    ...filesIn(home, 'logs', 'mailbox', 'run-report.json', 'run-state.json', 'airflow', 'dbt'),
  ];
  return leaks(inLowerCase(places), spellings);
}

/** Services in which old loads may be removed at once: nothing else is under way here. */
async function withServices<T>(work: (platform: Platform) => Promise<T>): Promise<T> {
  const generated = JSON.parse(
    readFileSync(join(REPOSITORY, 'terraform', 'generated', 'functions.json'), 'utf8'),
  ) as { functions: Record<string, { environment: Record<string, string> }> };
  Object.assign(generated.functions['erase-customer']?.environment ?? {}, { SETTLE_MINUTES: '0' });
  const functionsFile = join(folder.root, 'functions.json');
  writeFileSync(functionsFile, JSON.stringify(generated));
  const platform = await startPlatform({ home: home.root, functionsFile });
  try {
    return await work(platform);
  } finally {
    await platform.stop();
  }
}

const erase = async (platform: Platform, event: object = {}): Promise<Answer> =>
  (await callUntilDone(platform, 'erase-customer', { ...request, ...event })) as Answer;

/** Runs shell of the runbook as its reader does. */
function operate({ environment }: Platform, script: string): Promise<string> {
  const variables = { FUNCTION_PREFIX: '', ENVIRONMENT: 'local', REQUEST: request.request_id, REQUESTS };
  return runAsOperator(operator, script, { ...environment, ...variables });
}

/** Follows a section of the runbook; what the function answered last is in the reader's folder. */
async function follow(platform: Platform, heading: string): Promise<Answer> {
  await operate(platform, shellBlocks(runbook, heading).join('\n'));
  return JSON.parse(readFileSync(join(operator, 'answer.json'), 'utf8')) as Answer;
}

/** Resolves once the request is stored and loads are being looked through. */
async function untilBegun({ clients }: Platform): Promise<void> {
  const lake = new ObjectStore(clients.s3, LAKE_BUCKET);
  while ((await lake.head(erasureKey(request.request_id))) === undefined) await sleep(5);
}

beforeAll(async () => {
  mkdirSync(operator);
  given = await giveSources(folder, `${FIRST}..${SECOND}`, { withPhone: true, seed: 31 });
  expected = plantPerson(given, FIRST, SECOND);
  const ended = await start(folder, '--sources', given.folder);
  if (ended.exitCode !== 0) throw new Error(ended.output);
  before = reportOf(folder);
  othersBefore = await others(before);
}, 10 * MINUTES);
afterAll(() => folder.remove());

describe('a customer who complained on every channel', () => {
  it('is everywhere that personal data may be, before', async () => {
    const places = await tablesAsPlaces(home, ['raw_data', 'restricted']);
    expect(leaks(inLowerCase(places), spellings).length).toBeGreaterThan(8);
    expect(erasedIn(before)).toEqual({});
    await withServices(async (platform) => {
      expect(leaks(await lakeVersions(platform), spellings).length).toBeGreaterThan(8);
    });
  });

  it('is erased on request, also if that is killed half-way', { timeout: 10 * MINUTES }, async () => {
    await withServices(async (platform) => {
      writeFileSync(join(operator, 'request.json'), JSON.stringify(identifiers));
      await operate(platform, shellBlocks(runbook, '1. Write down whom')[1] ?? '');
      expect(existsSync(join(operator, 'request.json'))).toBe(false);
      const killed = call(platform, 'erase-customer', request);
      await untilBegun(platform);
      expect(await kill(platform, 'erase-customer')).toBe(true);
      expect(await killed).toMatchObject({ failed: true, payload: { errorType: 'Runtime.ExitError' } });

      const rewritten = await follow(platform, '2. Take them out of the lake');
      expect(rewritten.outcome).toBe('rewritten');
      const kept = await platform.clients.ssm.send(new GetParametersCommand({ Names: [parameter] }));
      expect(kept.Parameters).toEqual([]);
      expect(
        rewritten.partitions
          .map(({ source, partition_date: date, partition_hour: hour }) =>
            partitionKey({ source, date, hour }),
          )
          .toSorted(),
      ).toEqual(Object.keys(expected).toSorted());
      expect(await erase(platform, { purge: true })).toMatchObject({ outcome: 'warehouse_is_behind' });
      await follow(platform, '3. Take them out of the warehouse');
      const purged = await follow(platform, '4. Remove the old versions');
      expect(purged.outcome).toBe('purged');
      expect(leaks(await lakeVersions(platform), spellings)).toEqual([]);
      for (const again of [{}, { purge: true }]) {
        const answer = await erase(platform, again);
        expect({ ...answer, duration_ms: 0 }).toEqual({ ...purged, duration_ms: 0 });
      }
    });
  });

  it(
    'leaves no trace but numbers that agree, stays out, and nobody else changes',
    { timeout: 10 * MINUTES },
    async () => {
      const again = `call_logs ${SECOND} -1`;
      const erased = { ...expected, [again]: redeliver(given, SECOND) };
      const { exitCode, output } = await start(folder, '--sources', given.folder);
      expect(exitCode, output).toBe(0);
      const after = reportOf(folder);
      expect(after.reconciled).toBe(true);
      const changed = after.runs.filter(({ outcome }) => outcome !== 'unchanged');
      expect(changed.map((run) => partitionKey(partitionOf(run)))).toEqual([again]);
      expect(erasedIn(after)).toEqual(erased);
      const inLedger = await query(
        home.warehouse,
        `select source || ' ' || partition_date || ' ' || partition_hour as partition, rows_erased::integer as erased
        from quality.reconciliation where rows_erased > 0 and is_reconciled`,
      );
      expect(Object.fromEntries(inLedger.map(({ partition, erased: rows }) => [partition, rows]))).toEqual(
        erased,
      );
      expect(await others(after)).toEqual(othersBefore);
      expect(await traces()).toEqual([]);
      expect(alertsOf(folder)).toEqual([]);
      await withServices(async (platform) => {
        expect(leaks(await lakeVersions(platform), spellings)).toEqual([]);
      });
    },
  );
});
