import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { REPOSITORY } from '../services/names.ts';
import type { Check } from './check.ts';
import { baseAbsence, checkedBase, findEngine } from './docker-engine.ts';
import { isDemanded, type Need } from './needs.ts';
import { runChecks } from './run-checks.ts';

const missing: Need = { tool: 'terraform', absence: () => 'no program terraform; install it' };
const there: Need = { tool: 'terraform', absence: () => undefined };
const passing = { name: 'one that passes', command: 'true', args: [] };
const failing = { name: 'one that fails', command: 'false', args: [] };

let folder: string;
let printed: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checks-'));
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line = '') => printed.push(String(line)));
  vi.stubEnv('REQUIRE_ALL_CHECKS', undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const run = (...checks: Check[]) => runChecks('kind', checks, folder);
const written = (): unknown => JSON.parse(readFileSync(join(folder, 'kind.json'), 'utf8'));

describe('a check that lacks a tool', () => {
  it('is skipped, and said to be so at the end with the reason', async () => {
    expect(await run(passing, { ...failing, needs: missing })).toBe(true);
    expect(printed.join('\n')).toContain(
      'NOT CHECKED HERE:\n  one that fails: no program terraform; install it',
    );
    expect(printed.at(-1)).toBe('\n1 passed, 0 failed, 1 skipped');
    expect(written()).toEqual({
      passed: 1,
      failed: 0,
      skipped: 1,
      notChecked: ['one that fails: no program terraform; install it'],
    });
  });

  it('fails where the tool is demanded', async () => {
    vi.stubEnv('REQUIRE_ALL_CHECKS', '1');
    expect(await run({ ...passing, needs: missing })).toBe(false);
    expect(printed.at(-1)).toBe('\n0 passed, 1 failed');
  });

  it('runs where the tool is there', async () => {
    expect(await run({ ...failing, needs: there })).toBe(false);
    expect(await run({ ...passing, needs: there })).toBe(true);
  });
});

it('REQUIRE_ALL_CHECKS demands what every build machine has, or exactly what it lists', () => {
  const demands = (value: string) =>
    ['python3.12', 'terraform', 'docker'].filter((tool) => isDemanded(tool, { REQUIRE_ALL_CHECKS: value }));
  expect(demands('')).toEqual([]);
  expect(demands('1')).toEqual(['python3.12', 'terraform']);
  expect(demands('docker, terraform')).toEqual(['terraform', 'docker']);
});

it('says what to do where there is no container engine', () => {
  expect(findEngine(folder)).toEqual({
    found: false,
    reason: 'no program docker; install a container engine',
  });
});

it('builds the image on the base that is named, or on the Dockerfile’s; says what to do where it cannot be had', () => {
  expect(checkedBase(REPOSITORY, 'debian:mine')).toBe('debian:mine');
  expect(checkedBase(REPOSITORY, '')).toMatch(/^python:3\.12\.\d+-slim/);
  expect(baseAbsence('false', 'debian:mine')).toMatch(/^the base image debian:mine cannot be pulled/);
  expect(baseAbsence('true', 'debian:mine')).toBeUndefined();
});
