import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { giveSources, type GivenSources } from './testing/given-sources.ts';
import { askOracle, writeForeignSources, type Step } from './testing/oracle.ts';
import { begin, ingest, makeTestFolder, start, type TestFolder } from './testing/platform-run.ts';
import { query, tablesIn, tamper } from './testing/warehouse.ts';

const MINUTES = 60_000;

/** Runs the platform on a folder of sources to its end. */
async function run(folder: TestFolder, sources: string): Promise<void> {
  const { exitCode, output } = await start(folder, '--sources', sources);
  if (exitCode !== 0) throw new Error(output);
}

describe('generated sources with every kind of defect', () => {
  const folder = makeTestFolder();
  const { warehouse } = folder.home;
  const copy = join(folder.root, 'copy.duckdb');
  let given: GivenSources;
  let steps: readonly Step[];

  beforeAll(async () => {
    given = await giveSources(folder, '2025-11-20..2025-11-23', {
      defects: 'all',
      scale: 0.001,
      seed: 31,
      smsHours: [8, 18],
      withPhone: true,
      // so that there is something for insights to say
      effects: {
        resolutionShares: [{ source: 'web_forms', share: 0.6 }],
        categoryShares: [{ category: 'Payments', state: 'TX', multiplier: 20 }],
      },
    });
    steps = [{ sources: given.folder }];
    await run(folder, given.folder);
  }, 10 * MINUTES);
  afterEach(() => rmSync(copy, { force: true }));
  afterAll(() => folder.remove());

  it('have the same figures in every mart as an independent computation', async () => {
    const { problems, compared } = await askOracle(warehouse, steps);
    expect(problems).toEqual([]);
    expect(Object.keys(compared)).toEqual(expect.arrayContaining(await tablesIn(warehouse, ['marts'])));
  });

  it('hold a planted difference that insights speak of', async () => {
    const found = await query(warehouse, 'select sentence from marts.insights where is_finding');
    expect(JSON.stringify(found)).toContain('web form');
  });

  it.each([
    [
      'a figure',
      "update marts.complaints_daily set complaints = complaints + 1 where clock = 'opened'",
      /complaints_daily \(.*\), complaints: warehouse \d+, oracle \d+/,
    ],
    [
      'a ratio in its sixth digit',
      "update marts.complaint_rates set complaints_per_10000 = complaints_per_10000 * 1.000001 where state_code = '(all)'",
      /complaint_rates \(.*\), complaints_per_10000:/,
    ],
    [
      'a lost row',
      'delete from marts.sla_status where complaint_key = (select min(complaint_key) from marts.sla_status)',
      /sla_status \(.*\): not in the warehouse/,
    ],
    [
      'a doubled row',
      'insert into marts.dim_agents select * from marts.dim_agents where is_unknown',
      /dim_agents: 2 rows with the key/,
    ],
    [
      'an unknown column',
      'alter table marts.dim_dates add column moon varchar',
      /dim_dates: the oracle does not compute moon/,
    ],
    [
      'an unknown mart',
      'create table marts.guesses (guess integer)',
      /marts.guesses: the oracle does not know it/,
    ],
  ])('would have shown %s', async (_, change, found) => {
    copyFileSync(warehouse, copy);
    await tamper(copy, change);
    const { problems } = await askOracle(copy, steps);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toMatch(new RegExp(`${found.source}|… and \\d+ more`));
  });
});

describe('foreign sources', () => {
  const folder = makeTestFolder();
  afterAll(() => folder.remove());

  it(
    'have the same figures, after corrections, late days, late customers and a withdrawal',
    { timeout: 30 * MINUTES },
    async () => {
      const sources = join(folder.root, 'sources');
      const runs = await writeForeignSources(join(folder.root, 'foreign'), 1, 60);
      for (const one of runs) {
        rmSync(sources, { recursive: true, force: true });
        cpSync(one, sources, { recursive: true });
        await run(folder, sources);
      }
      const before = await askOracle(
        folder.home.warehouse,
        runs.map((one) => ({ sources: one })),
      );
      expect(before.problems).toEqual([]);

      await withdraw(folder, sources, 'web-forms', '2024-03-01');
      await run(folder, sources);
      const last = runs.at(-1) ?? '';
      const after = await askOracle(folder.home.warehouse, [
        ...runs.map((one) => ({ sources: one })),
        { withdraw: ['web_forms', '2024-03-01', -1] },
        { sources: last },
      ]);
      expect(after.problems).toEqual([]);
      expect(after.compared['marts.fct_complaints']?.rows).toBeLessThan(
        before.compared['marts.fct_complaints']?.rows ?? 0,
      );
    },
  );
});

/** Withdraws a partition while the services run. */
async function withdraw(folder: TestFolder, sources: string, name: string, date: string): Promise<void> {
  const running = begin(folder, 'start', ['--sources', sources, '--keep-running']);
  try {
    await running.saying(/The services keep running/);
    const { exitCode, output } = await ingest(folder, name, date, '--withdraw', '--local');
    expect(exitCode, output).toBe(0);
  } finally {
    running.process.kill('SIGINT');
    await running.ended;
  }
}
