import { rmSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startPlatform } from '../services/platform.ts';
import { alertsOf, named } from './testing/alerts.ts';
import { makeTestFolder, reportOf, start } from './testing/platform-run.ts';
import { runAsOperator, shellBlocks } from './testing/runbook.ts';
import { hashesOf, rowsAsText, tamper } from './testing/warehouse.ts';

const MINUTES = 60_000;
const OPTIONS = ['--scale', '0.0002', '--days', '2025-11-20..2025-11-21', '--seed', '23'];
const SCHEMAS = ['marts', 'restricted', 'quality', 'intermediate'];

/**
 * All relations but the log of builds: the first build of a rebuilt warehouse saw every load there is. When a load came
 * into the warehouse is no longer the same either.
 */
async function relations(): Promise<Record<string, string>> {
  const { 'quality.build_loads': _, ...rest } = await hashesOf(home.warehouse, SCHEMAS, ['loaded_at']);
  return rest;
}

const folder = makeTestFolder();
const { home } = folder;

beforeAll(async () => {
  const { exitCode, output } = await start(folder, ...OPTIONS);
  if (exitCode !== 0) throw new Error(output);
}, 10 * MINUTES);
afterAll(() => folder.remove());

describe('the warehouse', () => {
  it('can be lost: it is rebuilt from the lake as it was', { timeout: 10 * MINUTES }, async () => {
    const before = await relations();
    const rawBefore = await rowsAsText(home.warehouse, 'raw_data.call_logs');
    for (const path of [home.warehouse, `${home.warehouse}.wal`]) rmSync(path, { force: true });

    const answers = await rebuildAsTheRunbookSays();
    expect(answers.filter(({ outcome }) => outcome === 'loaded')).toHaveLength(reportOf(folder).runs.length);
    expect(await rowsAsText(home.warehouse, 'raw_data.call_logs')).toEqual(rawBefore);

    const { exitCode, output } = await start(folder, ...OPTIONS);
    expect(exitCode, output).toBe(0);
    expect(reportOf(folder).runs.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
    expect(await relations()).toEqual(before);
    expect(await rowsAsText(home.warehouse, 'raw_data.call_logs')).toEqual(rawBefore);
    expect(Object.keys(before).length).toBeGreaterThan(15);
  });

  it('that was tampered with is found out, partition by partition', { timeout: 10 * MINUTES }, async () => {
    const on = "_partition_date = date '2025-11-20'";
    const row = 'select min(_source_row) from raw_data';
    await tamper(
      home.warehouse,
      `delete from raw_data.web_forms where ${on} and _source_row = (${row}.web_forms where ${on})`,
    );
    await tamper(
      home.warehouse,
      `update raw_data.call_logs set _record_hash = _record_hash + 1
        where ${on} and _source_row = (${row}.call_logs where ${on})`,
    );
    const { exitCode, output } = await start(folder, ...OPTIONS);
    const report = reportOf(folder);
    expect(exitCode, output).toBe(1);
    expect(report.reconciled).toBe(false);
    const wrong = report.runs.filter(({ reconciled }) => !reconciled);
    expect(wrong.map(({ source, partition_date: date }) => `${source} ${date}`)).toEqual([
      'call_logs 2025-11-20',
      'web_forms 2025-11-20',
    ]);
    const [changed, gone] = wrong;
    expect(changed?.difference).toContain('other content');
    expect(gone?.difference).toBe('warehouse 1 row short of loaded');
    for (const { error, outcome } of wrong)
      expect({ error, outcome }).toEqual({ error: null, outcome: 'unchanged' });
    expect(named(alertsOf(folder))).toEqual([
      'complaints_daily reconcile 2025-11-20 NotReconciled',
      'complaints_daily reconcile 2025-11-21 NotReconciled',
    ]);
  });
});

/** Runs the commands of the document on disaster recovery against the services; answers what the functions said. */
async function rebuildAsTheRunbookSays(): Promise<{ outcome?: string }[]> {
  const platform = await startPlatform({ home: home.root });
  try {
    const said = await runAsOperator(
      folder.temporary,
      shellBlocks('docs/operations/disaster-recovery.md', 'The warehouse').join('\n'),
      { ...platform.environment, FUNCTION_PREFIX: '' },
    );
    return said
      .replaceAll('}{', '}\n{')
      .split('\n')
      .filter((line) => line.startsWith('{"'))
      .map((line): { outcome?: string } => JSON.parse(line));
  } finally {
    await platform.stop();
  }
}
