import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { readFleetFile } from './fleet-file.ts';

const declared = {
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  memory_mb: 1024,
  timeout_s: 30,
  ephemeral_storage_mb: 512,
  reserved_concurrency: null,
  layers: ['duckdb'],
  environment: { BUCKET: '${lake_bucket}', PATH_OF_KEYS: '/a/${lake_bucket}/b', PLAIN: 'x' },
  policy: {
    Statement: [
      { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::${lake_bucket}/*' },
    ],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fleetFile(entry: object): string {
  const file = join(folder, 'functions.json');
  writeFileSync(file, JSON.stringify({ functions: { sms: entry } }));
  return file;
}

it('fills references in', () => {
  const [sms] = readFleetFile(fleetFile(declared), { lake_bucket: 'lake' });
  expect(sms).toMatchObject({
    name: 'sms',
    memoryMb: 1024,
    reservedConcurrency: null,
    environment: { BUCKET: 'lake', PATH_OF_KEYS: '/a/lake/b', PLAIN: 'x' },
    policy: [{ resources: [{ declared: 'arn:aws:s3:::${lake_bucket}/*', text: 'arn:aws:s3:::lake/*' }] }],
  });
});

it('names a reference without a local value', () => {
  expect(() => readFleetFile(fleetFile(declared), {})).toThrow(
    'sms uses ${lake_bucket}, which has no local value',
  );
});

it('names a field that is missing', () => {
  expect(() => readFleetFile(fleetFile({ ...declared, timeout_s: undefined }), { lake_bucket: 'x' })).toThrow(
    'timeout_s of sms must be a number',
  );
});
