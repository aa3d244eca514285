import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { REFERENCES, REPOSITORY } from '../../local/services/names.ts';
import { fillReferences } from '../../local/services/references.ts';
import { loadFleet } from './load-fleet.ts';

interface Recorded {
  /** Settings that the handler asks for when it starts, through shared/runtime/environment.ts. */
  readonly asked: readonly string[];
  /** Settings that our code reads without it. */
  readonly past: readonly string[];
  readonly outcome: string;
}

const fleet = await loadFleet(REPOSITORY);
const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function record(
  handler: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Recorded> {
  const settings = Object.entries(environment).map(
    ([name, value]) => `${name}=${fillReferences(value, REFERENCES, name)}`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, 'testing', 'read-settings.mjs'),
    REPOSITORY,
    handler,
    ...settings,
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Recorded;
}

const problems = (declared: readonly string[], { asked, past }: Recorded): string[] => [
  ...asked
    .filter((name) => !declared.includes(name))
    .map((name) => `asks for ${name}, which is not declared`),
  ...declared
    .filter((name) => !asked.includes(name))
    .map((name) => `is given ${name}, which it never asks for`),
  ...past.map((read) => `reads ${read}, past shared/runtime/environment.ts`),
];

describe('the environment that a function asks for is the one that is declared', () => {
  it.each(fleet)('$name', async ({ name, environment }) => {
    const recorded = await record(join(REPOSITORY, 'functions', name, 'handler.ts'), environment);
    expect(recorded.outcome).toBe('InvalidRequest');
    expect(problems(Object.keys(environment), recorded)).toEqual([]);
    // Neither one less nor one more would pass.
    const [first = '', ...others] = Object.keys(environment);
    expect(problems(others, recorded)).toEqual([`asks for ${first}, which is not declared`]);
    expect(problems([first, ...others, 'MORE'], recorded)).toEqual([
      'is given MORE, which it never asks for',
    ]);
  });

  it('and a setting that is read in another way is found', async () => {
    const handler = join(folder, 'handler.mjs');
    const runtime = join(REPOSITORY, 'shared', 'runtime', 'environment.ts');
    writeFileSync(
      handler,
      `import { readEnvironment } from '${runtime}';
       export const handler = async () => ({ ...readEnvironment(['A', 'B']), c: process.env.SECRET });`,
    );
    const recorded = await record(handler);
    expect(recorded).toEqual({ asked: ['A', 'B'], past: [`SECRET in ${handler}`], outcome: 'finished' });
    expect(problems(['A'], recorded)).toEqual([
      'asks for B, which is not declared',
      `reads SECRET in ${handler}, past shared/runtime/environment.ts`,
    ]);
  });
});
