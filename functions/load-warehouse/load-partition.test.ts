import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitRows } from '../../local/services/redshift-data/testing/test-lake.ts';
import {
  ledgerRows,
  standingRows,
  startWorld,
  type StartedWorld,
} from '../../local/services/redshift-data/testing/world.ts';
import type { Partition } from '../../shared/lake/keys.ts';

const monday: Partition = { source: 'visits', date: '2025-11-17', hour: null };
const tuesday: Partition = { source: 'visits', date: '2025-11-18', hour: null };

let world: StartedWorld;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.close();
});

const rawCount = async (): Promise<unknown> =>
  (await world.rows('select count(*)::integer from raw_data.visits'))[0]?.[0];
const standing = async (partition: Partition): Promise<unknown[]> =>
  (await world.rows(standingRows)).filter(([date]) => date === partition.date).map((row) => row[2]);

describe('a partition that is loaded', () => {
  it('is in the warehouse row for row, with its accounts in the ledger', async () => {
    const pointer = await world.lake.commit(monday, visitRows('a', 3), (manifest) => ({
      ...manifest,
      unmapped_columns: ["it's", 'back\\slash'],
    }));

    expect(await world.load(monday)).toEqual({
      outcome: 'loaded',
      loadId: pointer.load_id,
      commitSeq: 1,
      rows: 3,
    });
    expect(await standing(monday)).toEqual(['a-0', 'a-1', 'a-2']);
    const [entry] = await world.rows(
      `select rows_read::integer, rows_loaded::integer, rows_quarantined::integer, rows_deduplicated::integer, rows_erased::integer,
         unmapped_columns, committed_at::varchar, loaded_at::varchar, manifest_uri
       from raw_data.load_ledger`,
    );
    expect(entry).toEqual([
      5,
      3,
      1,
      1,
      0,
      JSON.stringify(["it's", 'back\\slash']),
      '2025-11-20 05:06:07.89',
      '2025-11-21 01:02:03.456',
      pointer.manifest_uri,
    ]);
  });

  it('is left alone when it is loaded again', async () => {
    await world.lake.commit(monday, visitRows('a', 3));
    await world.load(monday);
    const before = await world.rows(ledgerRows);

    expect(await world.load(monday)).toMatchObject({ outcome: 'unchanged', rows: 3, commitSeq: 1 });
    expect(await world.rows(ledgerRows)).toEqual(before);
    expect(await rawCount()).toBe(3);
  });

  it('of an hourly source keeps its hours apart', async () => {
    const hours = [8, 9].map((hour): Partition => ({ ...monday, hour }));
    for (const hour of hours) await world.lake.commit(hour, visitRows(`h${hour.hour}`, 2));
    for (const hour of hours) await world.load(hour);

    expect(await world.rows(standingRows)).toEqual([
      ['2025-11-17', 8, 'h8-0', 'n0'],
      ['2025-11-17', 8, 'h8-1', 'n1'],
      ['2025-11-17', 9, 'h9-0', 'n0'],
      ['2025-11-17', 9, 'h9-1', 'n1'],
    ]);
  });

  it('without rows has a ledger row and no others', async () => {
    await world.lake.commit(monday, []);

    expect(await world.load(monday)).toMatchObject({ outcome: 'loaded', rows: 0 });
    expect(
      await world.rows('select commit_seq::integer, rows_loaded::integer from raw_data.load_ledger'),
    ).toEqual([[1, 0]]);
  });

  it('keeps as many unmapped column names as fit and says how many more there were', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `unknown column number ${index}`);
    await world.lake.commit(monday, visitRows('a', 1), (manifest) => ({
      ...manifest,
      unmapped_columns: names,
    }));
    await world.load(monday);

    const [[stored]] = (await world.rows('select unmapped_columns from raw_data.load_ledger')) as [[string]];
    const kept = JSON.parse(stored) as string[];
    expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(4096);
    expect(kept.at(-1)).toBe(`… ${400 - (kept.length - 1)} more`);
  });
});

describe('a partition that was never committed', () => {
  it('is missing, which is no error', async () => {
    expect(await world.load(monday)).toEqual({ outcome: 'missing', loadId: null, commitSeq: null, rows: 0 });
  });
});

describe('a later commit', () => {
  it('of a correction replaces the rows of the earlier one', async () => {
    await world.lake.commit(monday, visitRows('old', 3));
    await world.load(monday);
    await world.lake.commit(monday, visitRows('new', 2));

    expect(await world.load(monday)).toMatchObject({ outcome: 'loaded', commitSeq: 2, rows: 2 });
    expect(await standing(monday)).toEqual(['new-0', 'new-1']);
    expect(await rawCount()).toBe(2);
  });

  it('that withdraws leaves no rows, and one after it brings rows again', async () => {
    await world.lake.commit(monday, visitRows('a', 3));
    await world.load(monday);
    world.lake.withdraw(monday);

    expect(await world.load(monday)).toMatchObject({
      outcome: 'loaded',
      loadId: null,
      rows: 0,
      commitSeq: 2,
    });
    expect(await rawCount()).toBe(0);
    expect(await world.load(monday)).toMatchObject({ outcome: 'unchanged', loadId: null });

    await world.lake.commit(monday, visitRows('b', 1));
    await world.load(monday);
    expect(await standing(monday)).toEqual(['b-0']);
  });

  it('makes loads that nobody ran superfluous: only the newest is loaded', async () => {
    for (const label of ['a', 'b', 'c']) await world.lake.commit(monday, visitRows(label, 2));

    expect(await world.load(monday)).toMatchObject({ commitSeq: 3 });
    expect(await standing(monday)).toEqual(['c-0', 'c-1']);
  });
});

describe('a load that stands for two partitions', () => {
  beforeEach(async () => {
    await world.lake.commit(monday, visitRows('a', 3));
    world.lake.carryForward(tuesday, monday);
  });

  it('is in the raw table once', async () => {
    await world.load(monday);
    expect(await world.load(tuesday)).toMatchObject({ outcome: 'loaded', rows: 3 });

    expect(await rawCount()).toBe(3);
    expect(await standing(tuesday)).toEqual(await standing(monday));
  });

  it('may be loaded by the later partition first', async () => {
    await world.load(tuesday);
    await world.load(monday);

    expect(await rawCount()).toBe(3);
    expect(await standing(monday)).toHaveLength(3);
  });

  it('stays for the one when the other is withdrawn or corrected', async () => {
    await world.load(monday);
    await world.load(tuesday);
    await world.lake.commit(monday, visitRows('b', 1));
    await world.load(monday);

    expect(await standing(monday)).toEqual(['b-0']);
    expect(await standing(tuesday)).toEqual(['a-0', 'a-1', 'a-2']);
    world.lake.withdraw(tuesday);
    await world.load(tuesday);
    expect(await rawCount()).toBe(1);
  });

  it('is brought again when its rows were lost', async () => {
    await world.load(monday);
    await world.rows('delete from raw_data.visits');

    expect(await world.load(tuesday)).toMatchObject({ outcome: 'loaded', rows: 3 });
    expect(await standing(monday)).toHaveLength(3);
  });
});

describe('the warehouse', () => {
  it('that was deleted is rebuilt from the pointers and equals the one before', async () => {
    await world.lake.commit(monday, visitRows('a', 3));
    await world.load(monday);
    await world.lake.commit(monday, visitRows('b', 2));
    world.lake.carryForward(tuesday, monday);
    for (const partition of [monday, tuesday]) await world.load(partition);
    const before = [await world.rows(standingRows), await world.rows(ledgerRows)];

    await rm(world.databaseFile);
    await world.migrate();
    for (const partition of [tuesday, monday]) await world.load(partition);

    expect([await world.rows(standingRows), await world.rows(ledgerRows)]).toEqual(before);
  });

  it('filled from another lake is not taken for this one', async () => {
    await world.lake.commit(monday, visitRows('a', 3));
    await world.lake.commit(monday, visitRows('b', 3));
    await world.load(monday);
    for (const key of world.objects.objects.keys()) world.objects.objects.delete(key);

    await world.lake.commit(monday, visitRows('c', 1));
    await expect(world.load(monday)).rejects.toMatchObject({ name: 'ConfigurationError' });
    await world.lake.commit(monday, visitRows('d', 1));
    await expect(world.load(monday)).rejects.toMatchObject({ name: 'ConfigurationError' });
    expect(await standing(monday)).toEqual(['b-0', 'b-1', 'b-2']);
  });
});
