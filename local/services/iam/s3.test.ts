import { describe, expect, it } from 'vitest';

import { UnknownCall } from './request.ts';
import { s3Needs } from './s3.ts';

const region = 'eu-north-1';
const needsOf = (method: string, url: string, headers: Record<string, string> = {}, body?: string) =>
  s3Needs({ method, url, headers, region, body }, (bucket) => (bucket === 'lake' ? 'the-key' : undefined));

const brief = ({ always, withContent, toHearOfAbsence }: ReturnType<typeof s3Needs>) => ({
  always: always.map(({ action, resource, context }) =>
    [action, resource, ...Object.values(context)].join(' '),
  ),
  withContent: withContent.map(({ action }) => action),
  absence: toHearOfAbsence.map(({ action, context }) => `${action} ${context['s3:prefix']}`),
});

describe('a request of S3 needs', () => {
  it.each<[string, string, string, object]>([
    [
      'reading an object, and its key',
      'GET',
      '/lake/raw/a%20b/c?x-id=GetObject',
      {
        always: ['s3:GetObject arn:aws:s3:::lake/raw/a b/c'],
        withContent: ['kms:Decrypt'],
        absence: ['s3:ListBucket raw/a b/c'],
      },
    ],
    [
      'no key where the bucket has none',
      'GET',
      '/source/x',
      { always: ['s3:GetObject arn:aws:s3:::source/x'], withContent: [], absence: ['s3:ListBucket x'] },
    ],
    [
      'reading for HEAD, without the key',
      'HEAD',
      '/lake/x',
      { always: ['s3:GetObject arn:aws:s3:::lake/x'], withContent: [], absence: ['s3:ListBucket x'] },
    ],
    [
      'reading a version',
      'GET',
      '/lake/x?versionId=1',
      {
        always: ['s3:GetObjectVersion arn:aws:s3:::lake/x'],
        withContent: ['kms:Decrypt'],
        absence: ['s3:ListBucket x'],
      },
    ],
    [
      'writing, and the key',
      'PUT',
      '/lake/x?x-id=PutObject',
      { always: ['s3:PutObject arn:aws:s3:::lake/x'], withContent: ['kms:GenerateDataKey'], absence: [] },
    ],
    [
      'writing for a part, and both uses of the key',
      'PUT',
      '/lake/x?partNumber=1&uploadId=u',
      {
        always: ['s3:PutObject arn:aws:s3:::lake/x'],
        withContent: ['kms:GenerateDataKey', 'kms:Decrypt'],
        absence: [],
      },
    ],
    [
      'deleting',
      'DELETE',
      '/lake/x',
      { always: ['s3:DeleteObject arn:aws:s3:::lake/x'], withContent: [], absence: [] },
    ],
    [
      'deleting a version',
      'DELETE',
      '/lake/x?versionId=2',
      { always: ['s3:DeleteObjectVersion arn:aws:s3:::lake/x'], withContent: [], absence: [] },
    ],
    [
      'listing',
      'GET',
      '/lake?list-type=2&prefix=raw%2Fa&delimiter=%2F',
      { always: ['s3:ListBucket arn:aws:s3:::lake raw/a'], withContent: [], absence: [] },
    ],
    [
      'listing versions',
      'GET',
      '/lake/?versions&prefix=raw%2F',
      { always: ['s3:ListBucketVersions arn:aws:s3:::lake raw/'], withContent: [], absence: [] },
    ],
  ])('%s', (_, method, url, expected) => {
    expect(brief(needsOf(method, url))).toEqual(expected);
  });

  it('the key for HEAD that asks for a checksum', () => {
    expect(brief(needsOf('HEAD', '/lake/x', { 'x-amz-checksum-mode': 'ENABLED' })).withContent).toEqual([
      'kms:Decrypt',
    ]);
  });

  it('deleting of every object and version that a batch names', () => {
    const body =
      '<Delete><Object><Key>a&amp;b&#x2F;c</Key></Object><Object><Key>d</Key><VersionId>1</VersionId></Object></Delete>';
    expect(brief(needsOf('POST', '/lake?delete', {}, body)).always).toEqual([
      's3:DeleteObject arn:aws:s3:::lake/a&b/c',
      's3:DeleteObjectVersion arn:aws:s3:::lake/d',
    ]);
  });
});

describe('a request that nobody has taught it', () => {
  it.each([
    ['GET', '/lake?policy'],
    ['GET', '/'],
    ['PUT', '/lake'],
    ['PUT', '/lake/x?acl'],
    ['GET', '/lake/x?tagging'],
    ['PATCH', '/lake/x'],
  ])('%s %s is said to be unknown', (method, url) => {
    expect(() => needsOf(method, url)).toThrow(UnknownCall);
  });

  it('as a copy is said to be unknown', () => {
    expect(() => needsOf('PUT', '/lake/x', { 'x-amz-copy-source': '/lake/y' })).toThrow(UnknownCall);
  });
});
