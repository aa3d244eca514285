import { globSync } from 'node:fs';

import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../services/names.ts';
import { ofAreas, testChecks } from './checks.ts';
import { verifyChecks } from './verify-checks.ts';

describe.each([
  ['npm test', testChecks],
  ['npm run verify', verifyChecks],
])('the checks of %s', (_, checks) => {
  it('have names and files of results of their own, since several run at a time', () => {
    const names = checks.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const files = checks.flatMap(({ counts }) => (counts === undefined ? [] : [counts.file]));
    expect(new Set(files).size).toBe(files.length);
  });

  it('wait for checks that there are', () => {
    const names = checks.map(({ name }) => name);
    for (const { after } of checks) if (after !== undefined) expect(names).toContain(after);
  });
});

it('every file that runs a platform is in one check of npm run verify', () => {
  const files = globSync('{functions,shared,local,deploy}/**/*.verify.ts', { cwd: REPOSITORY });
  const named = verifyChecks.flatMap(({ args }) => args).filter((arg) => arg.endsWith('.verify.ts'));
  expect(named.toSorted()).toEqual(files.toSorted());
});

it('checks are those of the areas that are named, or all; an unknown area is refused', () => {
  expect(ofAreas(testChecks, [])).toEqual(testChecks);
  expect(ofAreas(testChecks, ['documents']).map(({ name }) => name)).toEqual([
    'commands in the documents',
    'the check of commands (pytest)',
  ]);
  expect(() => ofAreas(testChecks, ['nonsense'])).toThrow('No such area: nonsense.');
});
