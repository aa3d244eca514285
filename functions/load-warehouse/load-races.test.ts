import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitRows, type VisitRow } from '../../local/services/redshift-data/testing/test-lake.ts';
import {
  standingRows,
  startWorld,
  type StartedWorld,
} from '../../local/services/redshift-data/testing/world.ts';
import type { Partition } from '../../shared/lake/keys.ts';

const day = (number: number): Partition => ({ source: 'visits', date: `2025-11-1${number}`, hour: null });
const monday = day(7);

let world: StartedWorld;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.close();
});

const rawCount = async (): Promise<unknown> =>
  (await world.rows('select count(*)::integer from raw_data.visits'))[0]?.[0];

/** Holds the next answer for a key that ends so, until released. */
function holdAnswer(suffix: string): { reached: Promise<void>; release: () => void } {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let isHeld = false;
  world.objects.onGet = async (key) => {
    if (isHeld || !key.endsWith(suffix)) return;
    isHeld = true;
    reached.resolve();
    await released.promise;
  };
  return { reached: reached.promise, release: released.resolve };
}

describe('loaders of one partition', () => {
  it('eight at once load it once', async () => {
    await world.lake.commit(monday, visitRows('a', 50));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => world.load(monday)));

    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'loaded',
      ...Array(7).fill('unchanged'),
    ]);
    expect(await rawCount()).toBe(50);
    expect(await world.rows(standingRows)).toHaveLength(50);
  });

  it('that read an older commit and arrive late leave the newest in place', async () => {
    await world.lake.commit(monday, visitRows('old', 5));
    const held = holdAnswer('manifest.json');
    const late = world.load(monday);
    await held.reached;
    await world.lake.commit(monday, visitRows('new', 3));
    expect(await world.load(monday)).toMatchObject({ outcome: 'loaded', commitSeq: 2 });
    held.release();

    expect(await late).toMatchObject({ outcome: 'unchanged', commitSeq: 2, rows: 3 });
    expect((await world.rows(standingRows)).map((row) => row[2])).toEqual(['new-0', 'new-1', 'new-2']);
    expect(await rawCount()).toBe(3);
  });

  it('of two days that stand for one load bring it once', async () => {
    await world.lake.commit(day(7), visitRows('a', 20));
    world.lake.carryForward(day(8), day(7));
    await Promise.all([day(7), day(8), day(8), day(7)].map((partition) => world.load(partition)));

    expect(await rawCount()).toBe(20);
    expect(await world.rows(standingRows)).toHaveLength(40);
  });

  it('find the load gone that a carried-forward day relied on, and bring it again', async () => {
    await world.lake.commit(day(7), visitRows('a', 4));
    await world.load(day(7));
    world.lake.carryForward(day(8), day(7));
    const held = holdAnswer('manifest.json');
    const carried = world.load(day(8)); // has seen that day 7 names the load
    await held.reached;
    await world.lake.commit(day(7), visitRows('b', 1));
    await world.load(day(7)); // deletes its rows
    held.release();

    expect(await carried).toMatchObject({ outcome: 'loaded', rows: 4 });
    expect(await rawCount()).toBe(5);
  });
});

type Step =
  | { readonly do: 'commit'; readonly day: number; readonly rows: number }
  | { readonly do: 'withdraw'; readonly day: number }
  | { readonly do: 'carry'; readonly day: number; readonly from: number }
  | { readonly do: 'load'; readonly day: number };

const days = [7, 8, 9].map(day);
const anyDay = fc.integer({ min: 0, max: 2 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('commit' as const), day: anyDay, rows: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), day: anyDay }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('carry' as const), day: anyDay, from: anyDay }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('load' as const), day: anyDay }) },
);

describe('any interleaving of commits, withdrawals, carried-forward days and loads', () => {
  it('ends with exactly what the pointers name', async () => {
    const property = fc.asyncProperty(
      fc.array(anyStep, { minLength: 5, maxLength: 14 }),
      fc.scheduler(),
      async (steps, scheduler) => {
        await reset();
        const expected = await runInterleaved(steps, scheduler);

        const wanted = days.flatMap(({ date }) =>
          (expected.get(date) ?? []).map((row) => [date, -1, row.visit_id, row.note]),
        );
        expect(await world.rows(standingRows)).toEqual(wanted);
        expect(await rawCount()).toBe(await namedCount());
      },
    );
    await fc.assert(property, { numRuns: 15 });
  }, 120_000);
});

async function reset(): Promise<void> {
  world.objects.objects.clear();
  await world.rows('delete from raw_data.load_ledger');
  await world.rows('delete from raw_data.visits');
}

/**
 * Runs the steps in their order, without waiting for the loads that they start; the scheduler decides whether the
 * next step or one of the objects that loaders wait for comes first. Returns the rows that every day stands for.
 */
async function runInterleaved(
  steps: readonly Step[],
  scheduler: fc.Scheduler,
): Promise<Map<string, readonly VisitRow[]>> {
  const expected = new Map<string, readonly VisitRow[]>();
  const loads: Promise<unknown>[] = [];
  world.objects.onGet = (key) => scheduler.schedule(Promise.resolve(), key);
  const sequence = scheduler.scheduleSequence(
    steps.map((step, index) => async () => {
      const partition = days[step.day] ?? monday;
      if (step.do === 'load') loads.push(world.load(partition));
      else await change(step, partition, `s${index}`, expected);
    }),
  );
  await scheduler.waitFor(sequence.task);
  await scheduler.waitFor(Promise.all([...loads, ...days.map((partition) => world.load(partition))]));
  return expected;
}

/** Rows that the loads named by the ledger have: each load once, however many days stand for it. */
async function namedCount(): Promise<unknown> {
  const rows = await world.rows(
    'select coalesce(sum(n), 0)::integer from (select load_id, max(rows_loaded) as n from raw_data.load_ledger where load_id is not null group by 1)',
  );
  return rows[0]?.[0];
}

async function change(
  step: Exclude<Step, { do: 'load' }>,
  partition: Partition,
  label: string,
  expected: Map<string, readonly VisitRow[]>,
): Promise<void> {
  if (step.do === 'commit') {
    const rows = visitRows(label, step.rows);
    await world.lake.commit(partition, rows);
    expected.set(partition.date, rows);
    return;
  }
  const earlier = step.do === 'carry' ? days[step.from] : undefined;
  if (earlier === undefined || world.lake.pointer(earlier)?.load_id == null) {
    world.lake.withdraw(partition);
    expected.set(partition.date, []);
    return;
  }
  world.lake.carryForward(partition, earlier);
  expected.set(partition.date, expected.get(earlier.date) ?? []);
}
