import { describe, expect, it } from 'vitest';

import { grantsFor, readPolicy, type Need } from './policy.ts';

const references = { lake: 'the-lake', workgroup_arn: 'arn:aws:redshift-serverless:::workgroup/1' };
const read = (...statements: object[]) => readPolicy({ Statement: statements }, references, 'a policy');
const need = (action: string, resource: string, context: Need['context'] = {}): Need => ({
  action,
  resource,
  context,
});

const objects = {
  Sid: 'Read',
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:PutObject'],
  Resource: ['arn:aws:s3:::${lake}/raw/sms/*', 'arn:aws:s3:::${lake}/failed/sms/*'],
};
const listing = {
  Sid: 'List',
  Effect: 'Allow',
  Action: 's3:ListBucket',
  Resource: 'arn:aws:s3:::${lake}',
  Condition: { StringLike: { 's3:prefix': ['raw/sms/*', 'suppression/*'] } },
};
const follow = {
  Sid: 'Follow',
  Effect: 'Allow',
  Action: 'redshift-data:DescribeStatement',
  Resource: '*',
  Condition: { StringEquals: { 'redshift-data:statement-owner-iam-userid': '$${aws:userid}' } },
};
const policy = read(objects, listing, follow);

describe('a call', () => {
  it('is allowed by the statement that names its action and resource, told in the words of the declaration', () => {
    expect(grantsFor(policy, need('s3:PutObject', 'arn:aws:s3:::the-lake/failed/sms/a/b.json'))).toEqual([
      { sid: 'Read', action: 's3:PutObject', resource: 'arn:aws:s3:::${lake}/failed/sms/*', values: [] },
    ]);
  });

  it.each([
    ['another action', need('s3:DeleteObject', 'arn:aws:s3:::the-lake/raw/sms/a')],
    ['another prefix', need('s3:GetObject', 'arn:aws:s3:::the-lake/raw/sms_old/a')],
    [
      'a resource that holds the named one',
      need('s3:GetObject', 'arn:aws:s3:::the-lake/x/arn:aws:s3:::the-lake/raw/sms/a'),
    ],
    ['another bucket', need('s3:GetObject', 'arn:aws:s3:::the-lake2/raw/sms/a')],
    ['a list of another prefix', need('s3:ListBucket', 'arn:aws:s3:::the-lake', { 's3:prefix': 'raw/' })],
    ['a list without a prefix', need('s3:ListBucket', 'arn:aws:s3:::the-lake')],
  ])('is not allowed for %s', (_, wanted) => {
    expect(grantsFor(policy, wanted)).toEqual([]);
  });

  it('makes use of the one value of a condition that it meets', () => {
    const wanted = need('s3:ListBucket', 'arn:aws:s3:::the-lake', { 's3:prefix': 'suppression/list.json' });
    expect(grantsFor(policy, wanted)).toMatchObject([{ sid: 'List', values: ['suppression/*'] }]);
  });

  it('may follow its own statements only', () => {
    const own = 'redshift-data:statement-owner-iam-userid';
    const describeOf = (owner: string) =>
      need('redshift-data:DescribeStatement', '*', { [own]: owner, 'aws:userid': 'R:me' });
    expect(grantsFor(policy, describeOf('R:me'))).toHaveLength(1);
    expect(grantsFor(policy, describeOf('R:you'))).toEqual([]);
  });
});

describe('a policy that could not be evaluated here is refused', () => {
  it.each([
    ['a denial', { ...objects, Effect: 'Deny' }, /only Allow/],
    ['an exception', { ...objects, NotAction: 's3:GetObject' }, /NotAction/],
    ['an unknown operator', { ...objects, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, /Bool/],
    ['an unknown reference', { ...objects, Resource: '${nobody}' }, /nobody/],
  ])('%s', (_, statement, message) => {
    expect(() => read(statement)).toThrow(message);
  });
});
