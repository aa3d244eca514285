import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { FunctionDeclaration } from '../../shared/fleet/declaration.ts';
import { buildIfChanged } from '../../shared/fleet/build-if-changed.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import { readCalls, type CallRecord } from '../services/iam/recorder.ts';
import { REPOSITORY } from '../services/names.ts';
import { type Platform, startPlatform } from '../services/platform.ts';
import { stageSources } from '../services/sources.ts';
import { FIRST, SECOND, everythingThatFunctionsDo, fails } from './testing/everything-functions-do.ts';
import { giveSources } from './testing/given-sources.ts';
import { makeTestFolder } from './testing/platform-run.ts';
import { policyDifferences, refusedCalls } from './testing/unused-permissions.ts';

const MINUTES = 60_000;
const fleet = await loadFleet(REPOSITORY);
const folder = makeTestFolder();
let calls: readonly CallRecord[];

interface DeclaredFunction {
  readonly environment: Record<string, string>;
  readonly policy: { Statement: { readonly Sid: string }[] };
}

/** Starts services with functions that are declared a little differently. */
function startWith(
  change: (functions: Record<string, DeclaredFunction | undefined>) => void,
  onTrouble: (sentence: string) => void,
): Promise<Platform> {
  const generated = readFileSync(join(REPOSITORY, 'terraform', 'generated', 'functions.json'), 'utf8');
  const declared = JSON.parse(generated) as { functions: Record<string, DeclaredFunction | undefined> };
  change(declared.functions);
  const functionsFile = join(folder.root, 'functions.json');
  writeFileSync(functionsFile, JSON.stringify(declared));
  return startPlatform({ home: folder.home.root, functionsFile, onTrouble });
}

beforeAll(async () => {
  await buildIfChanged(REPOSITORY, fleet);
  const given = await giveSources(folder, `${FIRST}..${SECOND}`, { defects: 'all' });
  // Old loads may be removed only once no attempt can be under way any more: here there is none.
  const platform = await startWith((functions) => {
    Object.assign(functions['erase-customer']?.environment ?? {}, { SETTLE_MINUTES: '0' });
    Object.assign(functions['lake-retention']?.environment ?? {}, {
      RETENTION_DAYS: '0',
      CONFIRM_HOURS: '0',
    });
  }, console.error);
  try {
    await stageSources(platform, given.folder);
    await everythingThatFunctionsDo(platform, fleet, given);
  } finally {
    await platform.stop();
    calls = readCalls(folder.home.apiCalls);
  }
}, 5 * MINUTES);
afterAll(() => folder.remove());

describe('what functions do and what they may do', () => {
  it('are the same', () => {
    expect(refusedCalls(calls)).toEqual([]);
    expect(policyDifferences(fleet, calls)).toEqual([]);
  });

  it('differ by each call that is not made', () => {
    const allowed = calls.filter(({ kind }) => kind === 'allowed');
    expect(allowed.length).toBeGreaterThan(50);
    for (const statement of new Set(
      allowed.map((one) => ('sid' in one ? `${one.function} ${one.sid}` : '')),
    )) {
      const others = calls.filter((one) => !('sid' in one) || `${one.function} ${one.sid}` !== statement);
      expect(policyDifferences(fleet, others), statement).not.toEqual([]);
    }
  });

  it('differ by whatever is declared besides, and by an excuse for what is used', () => {
    const [first, ...others] = fleet as [FunctionDeclaration, ...FunctionDeclaration[]];
    const [read, ...rest] = first.policy as [
      FunctionDeclaration['policy'][number],
      ...FunctionDeclaration['policy'],
    ];
    const withPolicy = (...policy: FunctionDeclaration['policy']) => [{ ...first, policy }, ...others];
    const more = { ...read, actions: [...read.actions, 's3:DeleteObject'] };
    expect(policyDifferences(withPolicy(more, ...rest), calls)).toEqual([
      `${first.name}: ${read.sid} allows s3:DeleteObject, which no call made use of`,
    ]);
    const wider = { ...read, resources: [...read.resources, 'arn:aws:s3:::${lake_bucket}/marts/*'] };
    expect(policyDifferences(withPolicy(wider, ...rest), calls)).toHaveLength(1);
    const excused = {
      ...read,
      unexercised: { [read.actions[0] ?? '']: 'it is said to be rare, but it is not' },
    };
    expect(policyDifferences(withPolicy(excused, ...rest), calls)).toEqual([
      `${first.name}: ${read.sid} allows ${read.actions[0]}, which is excused, and used`,
    ]);
  });
});

describe('a function without one of its statements', () => {
  it('is denied the call, and says what to look at', { timeout: MINUTES }, async () => {
    const told: string[] = [];
    const platform = await startWith(
      (functions) => {
        const without = {
          sms: 'ListTheSource',
          'web-forms': 'ReadCompanyParameters',
          'load-warehouse': 'RunStatements',
        };
        for (const [name, sid] of Object.entries(without)) {
          const policy = functions[name]?.policy;
          if (policy !== undefined) policy.Statement = policy.Statement.filter(({ Sid }) => Sid !== sid);
        }
      },
      (sentence) => told.push(sentence),
    );
    const at = { partition_date: FIRST };
    try {
      await fails(platform, 'sms', { ...at, partition_hour: 9 }, /ConfigurationError/);
      await fails(platform, 'web-forms', { ...at, force: true }, /ConfigurationError/);
      await fails(platform, 'load-warehouse', { ...at, source: 'web_forms' }, /ConfigurationError/);
    } finally {
      await platform.stop();
    }
    expect(told).toEqual([
      expect.stringMatching(/^sms was denied s3:ListBucket on arn:aws:s3:::core-telecoms-data-lake/),
      expect.stringMatching(/^web-forms was denied ssm:GetParameters/),
      expect.stringMatching(/^load-warehouse was denied redshift-data:BatchExecuteStatement/),
    ]);
  });
});
