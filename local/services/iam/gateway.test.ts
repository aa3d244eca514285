import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { close, listen } from '../ports.ts';
import { accessKeyIdOf } from './callers.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { readPolicy } from './policy.ts';
import { readCalls } from './recorder.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
const recordFile = join(folder, 'calls.jsonl');
const region = 'eu-north-1';
const stored = new Map<string, Buffer>();
let services: Server;
let gateway: Gateway;
let refusals: string[] = [];
const brokenOff: string[] = [];

const policy = readPolicy(
  {
    Statement: [
      {
        Sid: 'Use',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: 'arn:aws:s3:::lake/mine/*',
      },
      { Sid: 'Look', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/unlisted/*' },
      {
        Sid: 'List',
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: 'arn:aws:s3:::lake',
        Condition: { StringLike: { 's3:prefix': ['mine/*'] } },
      },
      { Sid: 'Key', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: 'lake-key' },
      {
        Sid: 'Ask',
        Effect: 'Allow',
        Action: 'ssm:GetParameters',
        Resource: `arn:aws:ssm:${region}:1:parameter/a/*`,
      },
      { Sid: 'Run', Effect: 'Allow', Action: 'redshift-data:BatchExecuteStatement', Resource: 'wg-main' },
      { Sid: 'SignIn', Effect: 'Allow', Action: 'redshift-serverless:GetCredentials', Resource: 'wg-main' },
      {
        Sid: 'Follow',
        Effect: 'Allow',
        Action: 'redshift-data:DescribeStatement',
        Resource: '*',
        Condition: { StringEquals: { 'redshift-data:statement-owner-iam-userid': '$${aws:userid}' } },
      },
    ],
  },
  {},
  'policy',
);

beforeAll(async () => {
  services = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://s3').pathname;
    request.once('close', () => {
      if (!request.complete) brokenOff.push(path);
    });
    void buffer(request).then(
      (body) => {
        if (request.headers['x-amz-target'] !== undefined)
          return response.end(JSON.stringify({ Id: 'statement-1', Parameters: [] }));
        if (request.method === 'PUT') stored.set(path, body);
        if (path.endsWith('/breaks-off'))
          return response.writeHead(200, { 'content-length': 1000 }).write('x', () => response.destroy());
        const found = stored.get(path);
        if (path === '/lake') return response.end('<ListBucketResult></ListBucketResult>');
        if (found === undefined) return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
        return response.writeHead(200, { etag: '"e"' }).end(request.method === 'GET' ? found : undefined);
      },
      () => undefined,
    );
  });
  const endpoint = `http://127.0.0.1:${await listen(services, 0)}`;
  gateway = await startGateway({
    functions: [
      { name: 'sms', policy },
      { name: 'agents', policy },
    ],
    endpoints: { aws: endpoint, redshiftData: endpoint },
    facts: { account: '1', parameterKeyArn: 'parameter-key', workgroupArn: (name) => `wg-${name}` },
    keyOfBucket: (bucket) => (bucket === 'lake' ? 'lake-key' : undefined),
    recordFile,
    onRefusal: (sentence) => refusals.push(sentence),
  });
});
beforeEach(() => {
  refusals = [];
  rmSync(recordFile, { force: true });
});
afterAll(async () => {
  await gateway.stop();
  await close(services);
  rmSync(folder, { recursive: true });
});

const settings = (accessKeyId = accessKeyIdOf('sms')) => ({
  endpoint: gateway.endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey: 's' },
  maxAttempts: 1,
});
const s3 = (accessKeyId?: string) => new S3Client({ ...settings(accessKeyId), forcePathStyle: true });
const object = (key: string) => ({ Bucket: 'lake', Key: key });

describe('what a policy allows', () => {
  it('is passed on byte for byte, and recorded once by the statement that allows it', async () => {
    const content = randomBytes(3_000_000);
    for (let round = 0; round < 2; round++)
      await s3().send(
        new PutObjectCommand({
          ...object('mine/a'),
          Body: Readable.from([content.subarray(0, 1000), content.subarray(1000)]),
          ContentLength: content.length,
          ChecksumCRC32: 'AAAAAA==',
        }),
      );
    expect(stored.get('/lake/mine/a')?.equals(content)).toBe(true);
    const found = await s3().send(new GetObjectCommand(object('mine/a')));
    expect(content.equals((await found.Body?.transformToByteArray()) ?? Buffer.of())).toBe(true);
    const used = readCalls(recordFile).map((call) =>
      call.kind === 'allowed' ? `${call.sid} ${call.action}` : call.kind,
    );
    // What is granted for a bucket's key is used only with an object.
    expect(used.toSorted()).toEqual([
      'Key kms:Decrypt',
      'Key kms:GenerateDataKey',
      'Use s3:GetObject',
      'Use s3:PutObject',
    ]);
  });

  it('includes to hear that something is not there only with leave to list it', async () => {
    await expect(s3().send(new HeadObjectCommand(object('mine/none')))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(s3().send(new GetObjectCommand(object('mine/none')))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    await expect(s3().send(new GetObjectCommand(object('unlisted/none')))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(s3().send(new HeadObjectCommand(object('unlisted/none')))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    expect(refusals[0]).toBe(
      'sms was denied s3:ListBucket on arn:aws:s3:::lake: no statement of functions/sms/function.ts allows it.',
    );
  });
});

describe('what no statement allows', () => {
  it('is refused in the words of the service, told and recorded', async () => {
    await expect(s3().send(new PutObjectCommand({ ...object('yours/a'), Body: 'x' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    expect(stored.has('/lake/yours/a')).toBe(false);
    await expect(s3().send(new ListObjectsV2Command({ Bucket: 'lake' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    const ssm = new SSMClient(settings());
    await ssm.send(new GetParametersCommand({ Names: ['/a/b'] }));
    await expect(ssm.send(new GetParametersCommand({ Names: ['/a/b', '/c'] }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(
      ssm.send(new GetParametersCommand({ Names: ['/a/b'], WithDecryption: true })),
    ).rejects.toMatchObject({ message: expect.stringContaining('kms:Decrypt') as string });
    expect(readCalls(recordFile).filter(({ kind }) => kind === 'denied')).toEqual([
      { kind: 'denied', function: 'sms', action: 's3:PutObject', resource: 'arn:aws:s3:::lake/yours/a' },
      { kind: 'denied', function: 'sms', action: 's3:ListBucket', resource: 'arn:aws:s3:::lake' },
      {
        kind: 'denied',
        function: 'sms',
        action: 'ssm:GetParameters',
        resource: `arn:aws:ssm:${region}:1:parameter/c`,
      },
      { kind: 'denied', function: 'sms', action: 'kms:Decrypt', resource: 'parameter-key' },
    ]);
    expect(refusals).toHaveLength(4);
  });

  it('is to follow the statements of others', async () => {
    const [mine, theirs] = ['sms', 'agents'].map(
      (name) => new RedshiftDataClient(settings(accessKeyIdOf(name))),
    );
    const run = { WorkgroupName: 'main', Database: 'd', Sqls: ['select 1'] };
    await mine?.send(new BatchExecuteStatementCommand(run));
    await mine?.send(new DescribeStatementCommand({ Id: 'statement-1:1' }));
    await expect(theirs?.send(new DescribeStatementCommand({ Id: 'statement-1' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(
      mine?.send(new BatchExecuteStatementCommand({ ...run, SecretArn: 'admin' })),
    ).rejects.toMatchObject({ message: expect.stringContaining('secretsmanager:GetSecretValue') as string });
  });
});

describe('what cannot be judged', () => {
  it('fails loudly', async () => {
    await expect(
      s3().send(new CopyObjectCommand({ ...object('mine/b'), CopySource: '/lake/mine/a' })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
    await expect(
      new SSMClient(settings()).send(new PutParameterCommand({ Name: '/a/b', Value: 'v' })),
    ).rejects.toMatchObject({ name: 'NotImplementedException' });
    await expect(s3('somebody').send(new GetObjectCommand(object('mine/a')))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 501 },
    });
    expect(readCalls(recordFile).map((call) => (call.kind === 'unknown' ? call.call : ''))).toEqual([
      expect.stringMatching(/^S3 PUT \/lake\/mine\/b/),
      'AmazonSSM.PutParameter',
      expect.stringContaining('is signed by no function'),
    ]);
  });
});

describe('a connection that breaks', () => {
  it('on the way out is told to whoever asked', async () => {
    const found = await s3().send(new GetObjectCommand(object('mine/breaks-off')));
    await expect(found.Body?.transformToByteArray()).rejects.toThrow(/aborted/);
    await expect(s3().send(new HeadObjectCommand(object('mine/none')))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('on the way in is told to the service, which must not take half for the whole', async () => {
    const killed = new AbortController();
    const body = Readable.from(
      (async function* () {
        yield randomBytes(100_000);
        await new Promise((resolve) => setTimeout(resolve, 100));
        killed.abort();
        yield randomBytes(100_000);
      })(),
    );
    const put = new PutObjectCommand({
      ...object('mine/half'),
      Body: body,
      ContentLength: 200_000,
      ChecksumCRC32: 'AAAAAA==',
    });
    await expect(s3().send(put, { abortSignal: killed.signal })).rejects.toThrow(/abort/i);
    await expect.poll(() => brokenOff).toEqual(['/lake/mine/half']);
    expect(stored.has('/lake/mine/half')).toBe(false);
  });
});
