import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Partition } from '../../shared/lake/keys.ts';
import type { Platform } from '../services/platform.ts';
import {
  call,
  callUntilDone,
  errorOf,
  kill,
  startServices,
  stepsOf,
  unnamedRows,
  warehouseStateOf,
} from './testing/functions.ts';
import { giveSources, type GivenSources } from './testing/given-sources.ts';
import { lakeViewOf, loadsOf, pointerOf } from './testing/lake.ts';
import { makeTestFolder, type TestFolder } from './testing/platform-run.ts';

const MINUTES = 60_000;
const SOURCES = ['call_logs', 'social_media', 'web_forms'] as const;
const AT_ONCE = 8;
const KILLS = 30;

const calm = makeTestFolder();
const disturbed = makeTestFolder();
let given: GivenSources;
let partitions: readonly Partition[];

/** How long a function takes that has just been started, in milliseconds. */
const usual = new Map<string, number>();

beforeAll(async () => {
  given = await giveSources(calm, '2025-11-20..2025-11-24', { scale: 0.002, defects: 'all' });
  partitions = given.truth.days.flatMap((date) => SOURCES.map((source) => ({ source, date, hour: null })));
  const platform = await startServices(calm, given.folder);
  try {
    for (const partition of partitions)
      for (const [name, event] of stepsOf(partition)) {
        const startedAt = performance.now();
        await callUntilDone(platform, name, event);
        if (!usual.has(name)) usual.set(name, performance.now() - startedAt);
      }
  } finally {
    await platform.stop();
  }
}, 10 * MINUTES);

afterAll(() => {
  calm.remove();
  disturbed.remove();
});

async function expectSameAsCalm(folder: TestFolder): Promise<void> {
  for (const partition of partitions)
    expect(await lakeViewOf(folder.home, partition), partition.date).toEqual(
      await lakeViewOf(calm.home, partition),
    );
  expect(await warehouseStateOf(folder, SOURCES)).toEqual(await warehouseStateOf(calm, SOURCES));
  for (const source of SOURCES) expect(await unnamedRows(folder, source), source).toBe(0);
}

describe('one partition', () => {
  it('is committed and loaded once, however many try at once', { timeout: 10 * MINUTES }, async () => {
    const folder = makeTestFolder();
    const platform = await startServices(folder, given.folder);
    const outcomes: string[][] = [];
    try {
      for (const partition of partitions.slice(0, 6))
        for (const [name, event] of stepsOf(partition))
          outcomes.push(await outcomesAtOnce(platform, name, event));
      for (const partition of partitions.slice(6))
        for (const [name, event] of stepsOf(partition)) await callUntilDone(platform, name, event);
    } finally {
      await platform.stop();
    }
    for (const found of outcomes) {
      expect(
        found.filter((one) => one === 'committed' || one === 'loaded'),
        found.join(),
      ).toHaveLength(1);
      for (const one of found)
        expect(['committed', 'loaded', 'unchanged', 'CommitConflict', 'WarehouseBusy']).toContain(one);
    }
    for (const partition of partitions)
      expect(pointerOf(folder.home, partition).commit_seq, partition.date).toBe(1);
    await expectSameAsCalm(folder);
    folder.remove();
  });
});

async function outcomesAtOnce(platform: Platform, name: string, event: object): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => call(platform, name, event)));
  return answers.map(({ failed, payload }) =>
    failed ? errorOf(payload) : (payload as { readonly outcome: string }).outcome,
  );
}

describe('functions killed at random moments', () => {
  it('end as if nothing had happened, once they ran again', { timeout: 20 * MINUTES }, async () => {
    const platform = await startServices(disturbed, given.folder);
    const when: string[] = [];
    try {
      for (let killed = 0; killed < KILLS;) {
        for (const partition of partitions)
          for (const [name, event] of stepsOf(partition))
            if (killed < KILLS && (await killDuring(platform, name, event, when))) killed++;
        // Everything again, so that there is always something to be killed in: forced, it lands anew.
        for (const partition of partitions) {
          const [[ingest, event], load] = stepsOf(partition) as [[string, object], [string, object]];
          await callUntilDone(platform, ingest, { ...event, ...(killed < KILLS && { force: true }) });
          await callUntilDone(platform, ...load);
        }
      }
    } finally {
      await platform.stop();
    }
    console.log(`killed ${when.length} functions: ${when.join(', ')}`);
    expect(when.length).toBeGreaterThanOrEqual(KILLS);
    await expectSameAsCalm(disturbed);
    // Some were killed after they had written: those loads lie in the lake, and nothing names them.
    for (const partition of partitions)
      expect(loadsOf(disturbed.home, partition)).toContain(
        `load=${pointerOf(disturbed.home, partition).load_id}`,
      );
  });
});

/** Invokes, and kills the function at some moment of the time it usually takes. Whether it was killed in time. */
async function killDuring(platform: Platform, name: string, event: object, when: string[]): Promise<boolean> {
  const moment = randomInt(Math.ceil(usual.get(name) ?? 1000));
  const answer = call(platform, name, { ...event, ...(name !== 'load-warehouse' && { force: true }) });
  await sleep(moment);
  await kill(platform, name);
  const { failed, payload } = await answer;
  const isKilled = failed && errorOf(payload) === 'Runtime.ExitError';
  if (isKilled) when.push(`${name} at ${moment} ms`);
  return isKilled;
}
