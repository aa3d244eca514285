import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../../../local/services/names.ts';
import type { FunctionDeclaration } from '../declaration.ts';
import { loadFleet } from '../load-fleet.ts';
import { fleetProblems } from './fleet.ts';
import { declarationProblems } from './function.ts';
import { policyProblems } from './policy.ts';

const fleet = await loadFleet(REPOSITORY);

it('the declared functions have no problem', () => {
  expect(fleet.length).toBeGreaterThanOrEqual(8);
  expect(fleetProblems(REPOSITORY, fleet)).toEqual([]);
});

const right = {
  Sid: 'ReadTheLake',
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::${lake_bucket}/raw/*',
};
const own = { StringEquals: { 'redshift-data:statement-owner-iam-userid': '$${aws:userid}' } };
const describeStatement = {
  ...right,
  Action: 'redshift-data:DescribeStatement',
  Resource: '*',
  Condition: own,
};
const list = {
  ...right,
  Action: 's3:ListBucket',
  Resource: 'arn:aws:s3:::${lake_bucket}',
  Condition: { StringLike: { 's3:prefix': ['raw/*'] } },
};

describe('a policy', () => {
  const problemsOf = (...statements: object[]) =>
    policyProblems({ Version: '2012-10-17', Statement: statements });

  it('that is narrow passes', () => {
    expect(problemsOf(right, { ...list, Sid: 'List' }, { ...describeStatement, Sid: 'Follow' })).toEqual([]);
  });

  it.each([
    ['an action of a whole service', { ...right, Action: 's3:*' }, /instead of s3:\*/],
    ['every action', { ...right, Action: '*' }, /instead of \*/],
    ['a family of actions', { ...right, Action: ['s3:GetObject', 's3:Put*'] }, /instead of s3:Put\*/],
    ['every resource', { ...right, Resource: '*' }, /s3:GetObject on every resource/],
    ['every resource among others', { ...right, Resource: [right.Resource, '*'] }, /on every resource/],
    ['every bucket', { ...right, Resource: 'arn:aws:s3:::*' }, /reach as far/],
    ['a whole bucket', { ...right, Resource: 'arn:aws:s3:::${lake_bucket}/*' }, /reach as far/],
    ['a wildcard inside', { ...right, Resource: 'arn:aws:s3:::${lake_bucket}/*/x/*' }, /reach as far/],
    [
      'every parameter',
      { ...right, Resource: 'arn:aws:ssm:${region}:${account_id}:parameter/*' },
      /reach as far/,
    ],
    ['every account', { ...right, Resource: 'arn:aws:ssm:${region}:*:parameter/a' }, /reach as far/],
    ['a reference that is no ARN', { ...right, Resource: '${lake_bucket}' }, /must name an ARN/],
    ['a statement without a name', { ...right, Sid: undefined }, /no name/],
    ['no resource', { ...right, Resource: undefined }, /no resource/],
    ['no action', { ...right, Action: undefined }, /no action/],
    ['everything but', { ...right, Action: undefined, NotAction: 's3:GetObject' }, /may not use NotAction/],
    ['every resource but', { ...right, NotResource: right.Resource }, /may not use NotResource/],
    ['a principal', { ...right, Principal: '*' }, /may not use Principal/],
    ['a denial', { ...right, Effect: 'Deny' }, /effect Allow/],
    [
      'rights over rights',
      { ...right, Action: 'iam:PassRole', Resource: '${copy_role_arn}' },
      /nothing of iam/,
    ],
    ['listing without a prefix', { ...list, Condition: undefined }, /condition on s3:prefix/],
    [
      'listing every prefix',
      { ...list, Condition: { StringLike: { 's3:prefix': '*' } } },
      /condition on s3:prefix/,
    ],
    [
      'a key for everybody',
      { ...right, Action: 'kms:Decrypt', Resource: '${lake_key_arn}' },
      /kms:ViaService/,
    ],
    ['statements of others', { ...describeStatement, Condition: undefined }, /statement-owner-iam-userid/],
    [
      'statements of somebody',
      {
        ...describeStatement,
        Condition: { StringLike: { 'redshift-data:statement-owner-iam-userid': '*' } },
      },
      /statement-owner-iam-userid/,
    ],
  ])('with %s is refused', (_, statement, problem) => {
    expect(problemsOf(statement).join('\n')).toMatch(problem);
  });

  it('with two statements of one name is refused', () => {
    expect(problemsOf(right, right)).toEqual(['two statements are called ReadTheLake']);
  });

  it('without a statement is refused', () => {
    expect(policyProblems({ Version: '2012-10-17' })).toEqual(['the policy has no statement']);
  });
});

describe('a declaration', () => {
  const [agents] = fleet as [FunctionDeclaration, ...FunctionDeclaration[]];
  const [permission] = agents.policy;
  const trigger = { type: 'schedule', name: 'nightly', expression: 'cron(30 4 * * ? *)', input: {} } as const;
  const problemsOf = (change: Partial<FunctionDeclaration>) =>
    declarationProblems(
      { ...agents, ...change },
      (path) => path === 'docs/a.md' || path === agents.alarm.runbook,
    );

  it('may have schedules, references and a reason for what no run makes use of', () => {
    expect(
      problemsOf({
        triggers: [trigger, { ...trigger, name: 'often', expression: 'rate(5 minutes)' }],
        environment: { BUCKET: 'a-${lake_bucket}-$${literal}' },
        alarm: { ...agents.alarm, runbook: 'docs/a.md#section' },
        policy: [
          {
            sid: 'A',
            actions: ['s3:GetObject'],
            resources: [],
            unexercised: { 's3:GetObject': 'x'.repeat(20) },
          },
        ],
      }),
    ).toEqual([]);
  });

  it.each<[string, Partial<FunctionDeclaration>, RegExp]>([
    [
      'an unknown reference in its environment',
      { environment: { A: '${lake_buckt}' } },
      /no \$\{lake_buckt\}/,
    ],
    [
      'an unknown reference in its policy',
      { policy: [{ sid: 'A', actions: [], resources: ['${nobody_arn}'] }] },
      /no \$\{nobody_arn\}/,
    ],
    [
      'a runbook that is not there',
      { alarm: { ...agents.alarm, runbook: 'docs/b.md' } },
      /no runbook docs\/b\.md/,
    ],
    [
      'an alarm that says nothing',
      { alarm: { ...agents.alarm, impact: 'It fails.' } },
      /whom a failure hurts/,
    ],
    ['more memory than there is', { memoryMb: 20_000 }, /memoryMb must be/],
    ['more time than there is', { timeoutSeconds: 901 }, /timeoutSeconds must be/],
    ['too small a disk', { temporaryDiskMb: 100 }, /temporaryDiskMb must be/],
    ['no instance', { reservedConcurrency: 0 }, /reservedConcurrency must be/],
    ['too long a name', { name: 'a'.repeat(60) }, /no name/],
    ['too long a description', { description: 'a'.repeat(300) }, /longer than Lambda allows/],
    ["Lambda's own setting", { environment: { AWS_REGION: 'eu-north-1' } }, /Lambda's own/],
    ['an empty setting', { environment: { A: '' } }, /A is empty/],
    ['two triggers of one name', { triggers: [trigger, trigger] }, /two triggers are called nightly/],
    ['a schedule that is none', { triggers: [{ ...trigger, expression: '30 4 * * *' }] }, /has no schedule/],
    [
      'an excuse for what it does not allow',
      {
        policy: [
          { ...permission, unexercised: { 's3:DeleteObject': 'because I say so, at length' } } as never,
        ],
      },
      /excuses s3:DeleteObject/,
    ],
    [
      'an excuse without a reason',
      {
        policy: [
          { sid: 'A', actions: ['s3:GetObject'], resources: [], unexercised: { 's3:GetObject': 'rare' } },
        ],
      },
      /does not say why/,
    ],
  ])('with %s is refused', (_, change, problem) => {
    expect(problemsOf(change).join('\n')).toMatch(problem);
  });
});
