import { existsSync, readdirSync } from 'node:fs';

import { afterAll, describe, expect, it } from 'vitest';

import { begin, makeTestFolder, start } from './testing/platform-run.ts';

const MINUTES = 60_000;
const folder = makeTestFolder();
afterAll(() => folder.remove());

describe('npm start', () => {
  it('explains itself', { timeout: MINUTES }, async () => {
    const { exitCode, output } = await start(folder, '--help');
    expect(exitCode).toBe(0);
    for (const option of ['--days', '--scale', '--seed', '--sources', '--fresh', '--keep-running'])
      expect(output).toContain(option);
  });

  it('refuses what it does not understand, and touches nothing', { timeout: MINUTES }, async () => {
    const { exitCode, output } = await start(folder, '--sceal', '1');
    expect(exitCode).toBe(2);
    expect(output).toContain('--sceal');
    expect(existsSync(folder.home.root)).toBe(false);
  });

  it.runIf(process.platform === 'linux')(
    'ends everything it started when it is interrupted',
    { timeout: 5 * MINUTES },
    async () => {
      const running = begin(folder, 'start', ['--scale', '0.0001', '--days', '2025-11-20']);
      // The first finished run: tasks, functions and services are all under way.
      await running.saying(/✔ Airflow complaints_hourly/);
      running.process.kill('SIGINT');
      const { exitCode, leftBehind, output } = await running.ended;
      expect(exitCode, output).toBe(130);
      expect(leftBehind).toEqual([]);
      expect(existsSync(folder.home.servicesFile)).toBe(false);
      expect(readdirSync(folder.temporary)).toEqual([]);
    },
  );
});
