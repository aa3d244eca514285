import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { PublishCommand } from '@aws-sdk/client-sns';
import { GetParametersByPathCommand } from '@aws-sdk/client-ssm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readServicesFile } from './lock.ts';
import { LAKE_BUCKET, SOURCE_BUCKET, TOPIC_ARN } from './names.ts';
import { type Platform, type PlatformOptions, startPlatform } from './platform.ts';
import { stageSources } from './sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'platform-test-'));
// Open to all, so that PostgreSQL's own user may enter where the tests run as root.
chmodSync(folder, 0o755);
const sources = join(folder, 'sources');
const options: PlatformOptions = {
  home: join(folder, 'home'),
  functionsFile: join(folder, 'functions.json'),
  dist: join(folder, 'dist'),
};
let platform: Platform;

const webForms = '"Column1",request_id,"customeR iD",resolution_date\n';

beforeAll(async () => {
  writeFileSync(join(folder, 'functions.json'), '{"functions":{}}');
  for (const name of ['call logs', 'agents', 'web_forms'])
    mkdirSync(join(sources, name), { recursive: true });
  writeFileSync(join(sources, 'call logs', 'call_logs_day_2025-11-20.csv'), ',call ID\n1,a\n');
  writeFileSync(join(sources, 'agents', 'agents.csv'), 'iD,NamE\n1000,Ann\n1001,Bea\n');
  writeFileSync(
    join(sources, 'web_forms', 'web_form_request_2025_11_20.csv'),
    `${webForms}2,r2,"a\tb\\n\nc",\n1,r1,x,"2025-01-01 00:00:00"\n1,too,short\n`,
  );
  writeFileSync(join(sources, 'truth.json'), '{}');
  platform = await startPlatform(options);
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function parameters(path: string): Promise<Record<string, string>> {
  const found = await platform.clients.ssm.send(
    new GetParametersByPathCommand({ Path: path, Recursive: true, WithDecryption: true }),
  );
  return Object.fromEntries((found.Parameters ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? '']));
}

async function asReader<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const found = await parameters('/coretelecomms/database');
  const read = (name: string) => found[`/coretelecomms/database/${name}`] ?? '';
  const client = new pg.Client({
    host: read('db_host'),
    port: Number(read('db_port')),
    database: read('db_name'),
    user: read('db_username'),
    password: read('db_password'),
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const bucketKeys = async () => {
  const listed = await platform.clients.s3.send(new ListObjectsV2Command({ Bucket: SOURCE_BUCKET }));
  return (listed.Contents ?? []).map(({ Key }) => Key);
};

describe('staged sources', () => {
  it('lie in the bucket, the database and the sheet, and what cannot is reported by line', async () => {
    const staged = await stageSources(platform, sources);
    expect(staged).toMatchObject({
      bucket: { uploaded: ['call logs/call_logs_day_2025-11-20.csv'], unchanged: 0, removed: [] },
      tables: [{ table: 'web_form_request_2025_11_20', rows: 2, isChanged: true }],
      agents: 2,
      problems: [{ file: 'web_forms/web_form_request_2025_11_20.csv', line: 5, reason: 'field_count' }],
    });
    expect(await bucketKeys()).toEqual(['call logs/call_logs_day_2025-11-20.csv']);
    const rows = await asReader((client) =>
      client.query('select * from customer_complaints.web_form_request_2025_11_20'),
    );
    expect(rows.rows).toEqual([
      { Column1: '2', request_id: 'r2', 'customeR iD': 'a\tb\\n\nc', resolution_date: '' },
      { Column1: '1', request_id: 'r1', 'customeR iD': 'x', resolution_date: '2025-01-01 00:00:00' },
    ]);
  });

  it('are left alone when nothing has changed, and still report what was wrong', async () => {
    expect(await stageSources(platform, sources)).toMatchObject({
      bucket: { uploaded: [], unchanged: 1 },
      tables: [{ rows: 2, isChanged: false }],
      problems: [{ line: 5 }],
    });
  });

  it('follow the folder: changed, added, removed, empty', async () => {
    const changed = join(folder, 'changed');
    cpSync(sources, changed, { recursive: true });
    rmSync(join(changed, 'call logs', 'call_logs_day_2025-11-20.csv'));
    mkdirSync(join(changed, 'sms'));
    writeFileSync(join(changed, 'sms', 'sms_inbox_2025-11-20_08.txt'), '');
    appendFileSync(join(changed, 'web_forms', 'web_form_request_2025_11_20.csv'), '3,r3,y,\n');
    writeFileSync(join(changed, 'web_forms', 'web_form_request_2025_11_21.csv'), '');
    writeFileSync(join(changed, 'web_forms', 'web_form_request_2025_11_22.csv'), `,x\n`);
    rmSync(join(changed, 'agents'), { recursive: true });
    expect(await stageSources(platform, changed)).toMatchObject({
      bucket: {
        uploaded: ['sms/sms_inbox_2025-11-20_08.txt'],
        removed: ['call logs/call_logs_day_2025-11-20.csv'],
      },
      tables: [
        { rows: 3, isChanged: true },
        { rows: 0, isChanged: true },
        { rows: 0, isChanged: true },
      ],
      agents: null,
    });
    const columns = await asReader((client) =>
      client.query("select column_name from information_schema.columns where table_name like '%_11_22'"),
    );
    expect(columns.rows).toEqual([{ column_name: 'Column1' }, { column_name: 'x' }]);
    expect(await stageSources(platform, sources)).toMatchObject({
      droppedTables: ['web_form_request_2025_11_21', 'web_form_request_2025_11_22'],
    });
  });
});

describe('the services', () => {
  it('offer the company’s parameters', async () => {
    const google = await parameters('/coretelecomms/google');
    expect(JSON.parse(google['/coretelecomms/google/service_account_key'] ?? '')).toMatchObject({
      type: 'service_account',
      token_uri: 'https://oauth2.googleapis.com/token',
    });
    expect(Object.keys(await parameters('/coretelecomms')).toSorted()).toEqual([
      '/coretelecomms/database/db_host',
      '/coretelecomms/database/db_name',
      '/coretelecomms/database/db_password',
      '/coretelecomms/database/db_port',
      '/coretelecomms/database/db_username',
      '/coretelecomms/database/table_schema_name',
      '/coretelecomms/google/service_account_key',
      '/coretelecomms/google/sheet_id',
      '/coretelecomms/platform/key_material',
      '/coretelecomms/platform/suppression_key',
    ]);
  });

  it('give the reader of the database a short time and nothing to write', async () => {
    await asReader(async (client) => {
      expect((await client.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '15s' }]);
      await expect(client.query('create table customer_complaints.x ()')).rejects.toMatchObject({
        code: '25006',
      });
    });
  });

  it('deliver alerts as files that a person can read', async () => {
    await platform.clients.sns.send(
      new PublishCommand({
        TopicArn: TOPIC_ARN,
        Subject: '[local] call_logs 2025-11-24 not ingested: SchemaDrift',
        Message: `Complaints of 24 Nov are missing – see docs/runbooks/partition-failed.md.\n${'long '.repeat(40)}`,
      }),
    );
    await platform.mail.drain();
    const mails = () => readdirSync(platform.home.mailbox);
    await expect.poll(mails).toHaveLength(1);
    expect(mails()[0]).toMatch(/^\d{8}T\d{9}Z-local-call-logs-2025-11-24-not-ingested-schemadrift\.eml$/);
    const mail = readFileSync(join(platform.home.mailbox, mails()[0] ?? ''), 'utf8');
    expect(mail).toContain('Subject: [local] call_logs 2025-11-24 not ingested: SchemaDrift');
    expect(mail).toContain('To: data-engineering@coretelecoms.example');
    expect(mail).toContain(`Complaints of 24 Nov are missing – see`);
    expect(mail).toContain('long '.repeat(39));
  });

  it('run once from one home, and say where they are without a secret', async () => {
    await expect(startPlatform(options)).rejects.toMatchObject({ name: 'AlreadyRunning' });
    const file = readServicesFile(platform.home.servicesFile);
    expect(file?.environment).toMatchObject({ AWS_ENDPOINT_URL_LAMBDA: platform.endpoints.lambda });
    expect(file?.children.map(({ name }) => name)).toContain('PostgreSQL');
    const secrets = Object.entries(JSON.parse(readFileSync(secretsFile(), 'utf8')) as Record<string, string>);
    const said = readFileSync(platform.home.servicesFile, 'utf8') + logs();
    for (const [name, value] of secrets) expect(said.includes(value), name).toBe(false);
    expect(statSync(secretsFile()).mode & 0o777).toBe(0o600);
  });

  it('keep the lake from run to run and leave no process behind', async () => {
    const object = { Bucket: LAKE_BUCKET, Key: 'raw/a b/partition_date=2025-11-20/_pointer.json' };
    const put = await platform.clients.s3.send(new PutObjectCommand({ ...object, Body: 'x' }));
    const children = readServicesFile(platform.home.servicesFile)?.children ?? [];
    await platform.stop();
    expect(existsSync(platform.home.servicesFile)).toBe(false);
    for (const { pid, name } of children) expect(() => process.kill(pid, 0), name).toThrow('ESRCH');

    platform = await startPlatform(options);
    const found = await platform.clients.s3.send(new GetObjectCommand(object));
    expect([await found.Body?.transformToString(), found.ETag]).toEqual(['x', put.ETag]);
    expect(await stageSources(platform, sources)).toMatchObject({ tables: [{ isChanged: false }] });
  });
});

const secretsFile = () => join(platform.home.secrets, 'secrets.json');
const logs = () =>
  readdirSync(platform.home.logs, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
