import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitRows } from '../../local/services/redshift-data/testing/test-lake.ts';
import { startWorld, type StartedWorld } from '../../local/services/redshift-data/testing/world.ts';
import type { Partition } from '../../shared/lake/keys.ts';
import type { Manifest } from '../../shared/lake/manifest.ts';

const monday: Partition = { source: 'visits', date: '2025-11-17', hour: null };
const tuesday: Partition = { source: 'visits', date: '2025-11-18', hour: null };

let world: StartedWorld;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.close();
});

/** Kind, name and rows of what is known of a day; the contract's columns are left out unless asked for. */
const detailsOf = async ({ date }: Partition, kinds = ['unmapped_column', 'reason']): Promise<unknown[][]> =>
  world.rows(
    `select kind, name, row_count::integer from raw_data.load_details
     where partition_date = '${date}' and kind in ('${kinds.join("', '")}') order by all`,
  );

const saying =
  (change: Partial<Manifest>) =>
  (manifest: Manifest): Manifest => ({ ...manifest, ...change });

describe('the details of a load', () => {
  it('are the columns the source had, those the contract does not know, and every reason with its rows', async () => {
    const pointer = await world.lake.commit(
      monday,
      visitRows('a', 2),
      saying({
        absent_columns: ['note'],
        unmapped_columns: ["it's", 'back\\slash'],
        reasons: { 'missing_value:visit_id': 2, duplicate: 1 },
      }),
    );
    await world.load(monday);

    expect(await detailsOf(monday, ['column', 'unmapped_column', 'reason'])).toEqual([
      ['column', 'visit_id', null],
      ['reason', 'duplicate', 1],
      ['reason', 'missing_value:visit_id', 2],
      ['unmapped_column', 'back\\slash', null],
      ['unmapped_column', "it's", null],
    ]);
    expect(
      await world.rows(
        'select distinct source, partition_date::varchar, partition_hour, load_id from raw_data.load_details',
      ),
    ).toEqual([['visits', '2025-11-17', -1, pointer.load_id]]);
  });

  it('count a manifest of an earlier version as having had every column of the contract', async () => {
    await world.lake.commit(monday, visitRows('a', 1));
    await world.load(monday);
    expect(await detailsOf(monday, ['column'])).toEqual([
      ['column', 'note', null],
      ['column', 'visit_id', null],
    ]);
  });

  it('of a correction take the place of the earlier ones, and a second load adds nothing', async () => {
    await world.lake.commit(monday, visitRows('a', 1), saying({ reasons: { duplicate: 7, other: 1 } }));
    await world.load(monday);
    await world.lake.commit(monday, visitRows('b', 1), saying({ reasons: { duplicate: 2 } }));
    await world.load(monday);
    await world.load(monday);
    expect(await detailsOf(monday)).toEqual([['reason', 'duplicate', 2]]);
  });

  it('are gone once the partition is withdrawn, columns too', async () => {
    await world.lake.commit(monday, visitRows('a', 1), saying({ reasons: { duplicate: 7 } }));
    await world.load(monday);
    world.lake.withdraw(monday);
    await world.load(monday);
    expect(await world.rows('select count(*)::integer from raw_data.load_details')).toEqual([[0]]);
  });

  it('of a load that stands for two days are there for each, and go for each by itself', async () => {
    await world.lake.commit(monday, visitRows('a', 1), saying({ unmapped_columns: ['extra'] }));
    world.lake.carryForward(tuesday, monday);
    await world.load(tuesday);
    await world.load(monday);
    expect(await detailsOf(tuesday)).toEqual([['unmapped_column', 'extra', null]]);

    await world.lake.commit(monday, visitRows('b', 1));
    await world.load(monday);
    expect(await detailsOf(monday)).toEqual([]);
    expect(await detailsOf(tuesday)).toEqual([['unmapped_column', 'extra', null]]);
  });

  it('stay what they were when the load is rejected', async () => {
    await world.lake.commit(monday, visitRows('a', 1), saying({ reasons: { duplicate: 7 } }));
    await world.load(monday);
    await world.lake.commit(monday, visitRows('b', 1), saying({ reasons: { other: 1 }, hash_sum: '1' }));
    await expect(world.load(monday)).rejects.toThrow('hash sum mismatch');
    expect(await detailsOf(monday)).toEqual([['reason', 'duplicate', 7]]);
  });

  it('are those of the newest commit, once, after eight loaders at once and one that is late', async () => {
    await world.lake.commit(monday, visitRows('old', 2), saying({ reasons: { old: 1 } }));
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let isHeld = false;
    world.objects.onGet = async (key) => {
      if (isHeld || !key.endsWith('manifest.json')) return;
      isHeld = true;
      reach();
      await released;
    };
    const late = world.load(monday);
    await reached;
    await world.lake.commit(monday, visitRows('new', 2), saying({ reasons: { new: 3 } }));
    await Promise.all(Array.from({ length: 8 }, () => world.load(monday)));
    release();
    await late;
    expect(await detailsOf(monday)).toEqual([['reason', 'new', 3]]);
  });

  it('fit however many unknown columns there are, however long their names', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `${index} ${'🙂'.repeat(400)}`);
    await world.lake.commit(monday, visitRows('a', 1), saying({ unmapped_columns: names }));
    await world.load(monday);
    const details = await detailsOf(monday);
    expect(details).toHaveLength(101);
    expect(details.some(([, name]) => name === '… 300 more')).toBe(true);
    expect(Math.max(...details.map(([, name]) => Buffer.byteLength(String(name))))).toBeLessThanOrEqual(512);
  });
});
