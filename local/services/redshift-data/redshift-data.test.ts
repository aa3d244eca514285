import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  type BatchExecuteStatementInput,
  type DescribeStatementResponse,
} from '@aws-sdk/client-redshift-data';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type StartedWorld } from './testing/world.ts';

let world: StartedWorld;
beforeEach(async () => {
  world = await startWorld({ lockWaitMs: 400 });
});
afterEach(async () => {
  await world.close();
});

const address = { WorkgroupName: 'wg1', Database: 'd' };

async function batch(
  Sqls: string[],
  more: Partial<BatchExecuteStatementInput> = {},
): Promise<DescribeStatementResponse> {
  const { Id } = await world.client.send(new BatchExecuteStatementCommand({ ...address, Sqls, ...more }));
  return world.client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 20 }));
}

describe('the Data API', () => {
  it('describes a batch and each of its statements', async () => {
    const done = await batch([
      'create table raw_data.t (a integer)',
      'insert into raw_data.t values (1), (2)',
      'select a from raw_data.t',
    ]);
    expect(done).toMatchObject({ Status: 'FINISHED', HasResultSet: true, ResultRows: 2 });
    expect(
      done.SubStatements?.map(({ Status, ResultRows, HasResultSet }) => [Status, ResultRows, HasResultSet]),
    ).toEqual([
      ['FINISHED', -1, false],
      ['FINISHED', 2, false],
      ['FINISHED', 2, true],
    ]);
    const { Records, ColumnMetadata, TotalNumRows } = await world.client.send(
      new GetStatementResultCommand({ Id: `${done.Id}:3` }),
    );
    expect([Records, ColumnMetadata?.[0], TotalNumRows]).toMatchObject([
      [[{ longValue: 1 }], [{ longValue: 2 }]],
      { name: 'a', typeName: 'int4' },
      2,
    ]);
  });

  it('fails a batch at the statement that failed, and undoes the ones before it', async () => {
    const failed = await batch([
      'create table raw_data.t (a integer)',
      "select cast('no' as integer)",
      'select 1',
    ]);
    expect(failed).toMatchObject({
      Status: 'FAILED',
      Error: 'ERROR: invalid input syntax for integer: "no"',
    });
    expect(failed.SubStatements?.map(({ Status }) => Status)).toEqual(['FINISHED', 'FAILED', 'ABORTED']);
    await expect(world.client.send(new GetStatementResultCommand({ Id: failed.Id }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await world.rows("select 1 from information_schema.tables where table_name = 't'")).toEqual([]);
  });

  it('runs a request once however often its token comes', async () => {
    const request = { ...address, Sqls: ['create table raw_data.once (a integer)'], ClientToken: 'a-token' };
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await world.client.send(new BatchExecuteStatementCommand(request))).Id),
    );
    expect(new Set(ids).size).toBe(1);
    const described = new DescribeStatementCommand({ Id: ids[0], WaitTimeSeconds: 10 });
    expect(await world.client.send(described)).toMatchObject({ Status: 'FINISHED' });
    await expect(
      world.client.send(new BatchExecuteStatementCommand({ ...request, Sqls: ['select 1'] })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it.each([
    ['a parameter without value', { Sqls: ['select :a'] }],
    ['a value without parameter', { Sqls: ["select ':b'"], Parameters: [{ name: 'b', value: '1' }] }],
    ['no statement', { Sqls: [] }],
    ['too many statements', { Sqls: Array.from({ length: 41 }, () => 'select 1') }],
    ['no database', { Sqls: ['select 1'], Database: undefined }],
    ['no workgroup', { Sqls: ['select 1'], WorkgroupName: undefined }],
  ])('refuses %s', async (_, input) => {
    const request = new BatchExecuteStatementCommand({ ...address, ...input });
    await expect(world.client.send(request)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('stops a running statement and one that waits for its turn', async () => {
    const slow = 'select count(*) from range(100000000) a(i), range(10000) b(j) where hash(i + j) = 1';
    const start = async (Sql: string) =>
      (await world.client.send(new ExecuteStatementCommand({ ...address, Sql }))).Id;
    const [running, waiting] = [await start(slow), await start('create table raw_data.never (a integer)')];
    for (const Id of [waiting, running]) {
      expect(await world.client.send(new CancelStatementCommand({ Id }))).toMatchObject({ Status: true });
    }
    for (const Id of [running, waiting]) {
      const end = await world.client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 20 }));
      expect(end.Status).toBe('ABORTED');
    }
    expect(await world.rows("select 1 from information_schema.tables where table_name = 'never'")).toEqual(
      [],
    );
  });

  it('knows no statement that it was never given', async () => {
    await expect(
      world.client.send(new DescribeStatementCommand({ Id: '00000000-0000-4000-8000-000000000000' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('the warehouse file', () => {
  it('is waited for while another process has it open, then the statement fails as locked', async () => {
    const script = `const { DuckDBInstance } = require('@duckdb/node-api');
      DuckDBInstance.create(process.argv[1]).then(() => { console.log('open'); setInterval(() => {}, 1000); });`;
    const other = spawn(process.execPath, ['-e', script, world.databaseFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(other.stdout, 'data');
    expect(await batch(['select 1'])).toMatchObject({
      Status: 'FAILED',
      Error: 'ERROR: could not obtain lock on the warehouse file',
    });

    const pending = batch(['select 1']);
    other.kill();
    expect(await pending).toMatchObject({ Status: 'FINISHED' });
  });

  it('may be opened by another client between batches', async () => {
    await batch(['create table raw_data.t (a integer)']);
    expect(await world.rows('select count(*)::integer from raw_data.t')).toEqual([[0]]);
    expect(await batch(['insert into raw_data.t values (1)'])).toMatchObject({ Status: 'FINISHED' });
  });
});
