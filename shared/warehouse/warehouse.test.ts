import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startWorld,
  warehouseOf,
  type StartedWorld,
} from '../../local/services/redshift-data/testing/world.ts';
import type { PlatformError } from '../runtime/errors.ts';
import { Warehouse } from './warehouse.ts';

let world: StartedWorld;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.close();
});

const one = (sql: string) => [{ label: 'the statement', sql }];
/** Long enough to be caught running; ends early when interrupted. */
const slowSql = 'select count(*) as n from range(100000000) a(i), range(10000) b(j) where hash(i + j) = 1';

describe('a batch', () => {
  it('is one transaction: when a statement fails, those before it are undone', async () => {
    const result = await world.warehouse().run([
      { label: 'make', sql: 'create table raw_data.half (a integer)' },
      { label: 'fail', sql: 'insert into raw_data.nothing values (1)' },
      { label: 'never', sql: 'select 1' },
    ]);
    expect(result).toMatchObject({ outcome: 'failed', statement: 'fail', reason: 'relation_missing' });
    expect(await world.rows("select 1 from information_schema.tables where table_name = 'half'")).toEqual([]);
  });

  it('tells a failed assertion by its constant text, and only of the statement that asserts it', async () => {
    const sql = "select cast('not so' as integer)";
    const asserted = await world.warehouse().run([{ label: 'check', sql, assertion: 'not so' }]);
    expect(asserted).toMatchObject({ outcome: 'failed', assertion: 'not so', statement: 'check' });
    const other = await world.warehouse().run(one(sql));
    expect(other).toMatchObject({ outcome: 'failed', assertion: null, reason: 'unknown' });
  });

  it('of more than 40 statements is a mistake of the caller', async () => {
    const many = Array.from({ length: 41 }, () => ({ label: 'x', sql: 'select 1' }));
    await expect(world.warehouse().run(many)).rejects.toThrow(RangeError);
  });

  it('binds parameters, which may hold anything', async () => {
    const value = `it's :not "a" \\ $1 parameter`;
    const rows = await world
      .warehouse()
      .query('test', "select ':key' as text, :key as bound, :key::varchar as cast_", {
        key: value,
      });
    expect(rows).toEqual([{ text: ':key', bound: value, cast_: value }]);
  });
});

describe('a query', () => {
  it('returns values by their kind', async () => {
    const rows = await world.warehouse().query(
      'test',
      `select 7 as n, cast(1.5 as double precision) as d, 'x' as t, true as b, cast(null as integer) as nothing,
         cast(12 as decimal(38, 0)) as big, cast('2025-11-20' as date) as day, cast('2025-11-20 08:00:00' as timestamp) as at`,
    );
    expect(rows).toEqual([
      {
        n: 7,
        d: 1.5,
        t: 'x',
        b: true,
        nothing: null,
        big: '12',
        day: '2025-11-20',
        at: '2025-11-20 08:00:00',
      },
    ]);
  });

  it('reads all pages', async () => {
    const rows = await world.warehouse().query('test', 'select i from range(2500) t(i) order by i');
    expect(rows).toHaveLength(2500);
    expect(rows.at(-1)).toEqual({ i: 2499 });
  });
});

describe('errors', () => {
  it('never carry what the engine said, since it may quote rows', async () => {
    const error: PlatformError = (await world
      .warehouse()
      .query('Reading', "select cast('Jane Sentinel' as integer)")
      .catch((reason: PlatformError) => reason)) as PlatformError;
    expect(error).toMatchObject({ name: 'WarehouseRejected', retriable: false });
    expect(JSON.stringify([error.message, error.details, error.stack, String(error.cause)])).not.toContain(
      'Sentinel',
    );
  });

  it('are retriable when the service does not answer', async () => {
    const client = new RedshiftDataClient({
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-north-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    });
    await expect(warehouseOf(client, 10_000).run(one('select 1'))).rejects.toMatchObject({
      name: 'WarehouseBusy',
      retriable: true,
    });
  });

  it('name the settings when the service refuses the request', async () => {
    const nowhere = new Warehouse(world.client, { workgroup: '', database: '' }, Date.now() + 10_000);
    await expect(nowhere.run(one('select 1'))).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('WAREHOUSE_WORKGROUP') as unknown,
    });
  });

  it('come in time: work that outlasts the function is cancelled', async () => {
    const startedAt = Date.now();
    await expect(world.warehouse(3_500).run(one(slowSql))).rejects.toMatchObject({ name: 'WarehouseBusy' });
    expect(Date.now() - startedAt).toBeLessThan(3_500);
    // the one after it does not have to wait for it
    expect(await world.warehouse(10_000).query('test', 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
