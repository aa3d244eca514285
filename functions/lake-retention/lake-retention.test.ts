import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { header, LakeWorld, snapshotVisits, soundRows } from '../../shared/ingest/testing/lake-world.ts';
import { pointerKey } from '../../shared/lake/keys.ts';
import type { NamedLoad } from '../../shared/warehouse/named-loads.ts';
import { CommitConflict, InvalidRequest, WarehouseBusy } from '../../shared/runtime/errors.ts';
import { parseEvent } from './event.ts';
import { retain, type RetentionServices } from './retain.ts';

const dayMs = 24 * 3_600_000;
const monday = '2025-11-20';
const tuesday = '2025-11-21';

let world: LakeWorld;
let ledger: NamedLoad[];
/** Days from now that the function runs at. */
let later: number;
beforeAll(async () => {
  world = await LakeWorld.start();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.newLake();
  ledger = [];
  later = 31;
});

const run = (event: object = {}, services: Partial<RetentionServices> = {}) =>
  retain(
    {
      lake: world.lake,
      readLedger: () => Promise.resolve(ledger),
      retentionMs: 30 * dayMs,
      confirmMs: dayMs / 2,
      hasTime: () => true,
      now: () => new Date(Date.now() + later * dayMs),
      ...services,
    },
    parseEvent(event),
  );

/** Two nights, so that what is unnamed was seen so before. */
async function twoNights() {
  const first = await run();
  expect(first.removed.loads).toBe(0);
  later++;
  return run();
}

const ingest = (rows: number, date: string, options: object = {}) =>
  world.ingest(header + soundRows(rows), date, { acceptVolume: true, ...options });
const loadsLeft = async (): Promise<Set<string | undefined>> =>
  new Set((await world.keys()).flatMap((key) => /load=([^/]+)/.exec(key)?.[1] ?? []));

describe('a load that was replaced', () => {
  it('is removed with its quarantine once it is old, and everything that is named stays', async () => {
    await world.ingest(`${header}${soundRows(3)}bad\n`, monday);
    const old = await world.keys();
    const { load_id: current } = await ingest(4, monday);
    const view = await world.view(monday);
    const answer = await twoNights();
    expect(answer).toMatchObject({
      outcome: 'complete',
      loads_named: 1,
      loads_waiting: 0,
      removed: { loads: 1, objects: 4 },
      left: { loads: 0 },
    });
    expect(answer.removed.bytes).toBeGreaterThan(1000);
    const keys = await world.keys();
    expect(old.filter((key) => keys.includes(key))).toEqual([
      pointerKey({ source: 'visits', date: monday, hour: null }),
    ]);
    expect(await loadsLeft()).toEqual(new Set([current]));
    expect(await world.view(monday)).toEqual(view);
    expect(await run()).toMatchObject({ outcome: 'complete', removed: { loads: 0, objects: 0, bytes: 0 } });
  });

  it('stays while it is young', async () => {
    await ingest(3, monday);
    await ingest(4, monday);
    later = 28;
    expect(await twoNights()).toMatchObject({ removed: { loads: 0 }, loads_waiting: 1 });
  });

  it('stays while the warehouse has it', async () => {
    const { load_id: loadId } = await ingest(3, monday);
    await ingest(4, monday);
    ledger = [{ source: 'visits', date: monday, hour: null, loadId: loadId ?? '' }];
    expect(await twoNights()).toMatchObject({ removed: { loads: 0 }, loads_named: 2 });
  });

  it('stays while a later partition stands for it', async () => {
    const contract = snapshotVisits;
    const { load_id: loadId } = await ingest(3, monday, { contract });
    await ingest(3, tuesday, { contract });
    await ingest(4, monday, { contract });
    expect(await twoNights()).toMatchObject({ removed: { loads: 0 }, loads_named: 2 });
    expect((await world.view(tuesday))?.manifest?.load_id).toBe(loadId);
  });

  it('stays while a withdrawn partition is compared with it', async () => {
    await ingest(3, monday);
    await ingest(3, monday, { withdraw: true });
    expect(await twoNights()).toMatchObject({ removed: { loads: 0 }, loads_named: 1 });
    expect(await ingest(3, monday)).toMatchObject({ outcome: 'unchanged', load_id: null });
  });
});

describe('an attempt that broke off', () => {
  it('is cleaned up', async () => {
    const key = 'raw/visits/partition_date=2025-11-20/load=20251120T010203004Z-0a1b2c3d/part-00000.parquet';
    await world.lake.putText(key, 'half a file', { expectedETag: null });
    expect(await twoNights()).toMatchObject({ removed: { loads: 1, objects: 1, bytes: 11 } });
  });

  it('of which nobody knows the age is left alone', async () => {
    const key = 'raw/visits/partition_date=2025-11-20/load=handmade/part-00000.parquet';
    await world.lake.putText(key, 'by hand', { expectedETag: null });
    expect(await twoNights()).toMatchObject({ removed: { loads: 0 }, loads_waiting: 1 });
  });
});

describe('a commit at the same time', () => {
  it('that names an old load again saves it: it is not removed the night it is first seen unnamed', async () => {
    const contract = snapshotVisits;
    const { load_id: loadId } = await ingest(3, monday, { contract });
    const pointer = await world.lake.readText(pointerKey({ source: 'visits', date: monday, hour: null }));
    await ingest(4, monday, { contract });
    expect(await run()).toMatchObject({ removed: { loads: 0 } });
    // an attempt that read monday's pointer before it was replaced
    const late = pointerKey({ source: 'visits', date: tuesday, hour: null });
    await world.lake.putText(late, pointer?.text ?? '', { expectedETag: null });
    later++;
    expect(await run()).toMatchObject({ removed: { loads: 0 }, loads_named: 2 });
    expect(await loadsLeft()).toContain(loadId);
  });

  it('that puts a pointer back after it was looked at is seen before anything is removed', async () => {
    const { load_id: loadId } = await ingest(3, monday);
    const key = pointerKey({ source: 'visits', date: monday, hour: null });
    const old = await world.lake.readText(key);
    await ingest(4, monday);
    await run();
    later++;
    let reads = 0;
    const client = world.client();
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const result = await next(args);
        if (context.commandName === 'PutObjectCommand' && reads++ === 0) {
          const now = await world.lake.readText(key);
          await world.lake.putText(key, old?.text ?? '', { expectedETag: now?.etag ?? null });
        }
        return result;
      },
      { step: 'initialize' },
    );
    expect(await run({}, { lake: world.withClient(client) })).toMatchObject({ removed: { loads: 0 } });
    expect(await loadsLeft()).toContain(loadId);
  });
});

describe('a run', () => {
  it('that may only look removes and remembers nothing', async () => {
    await ingest(3, monday);
    await ingest(4, monday);
    await run();
    later++;
    const before = await world.keys();
    expect(await run({ dry_run: true })).toMatchObject({
      outcome: 'complete',
      dry_run: true,
      removed: { loads: 0 },
      left: { loads: 1, objects: 3 },
    });
    expect(await world.keys()).toEqual(before);
  });

  it('whose time is up says what is left, and the next one goes on', async () => {
    for (let rows = 3; rows < 7; rows++) await ingest(rows, monday);
    await run();
    later++;
    let loads = 0;
    expect(await run({}, { hasTime: () => ++loads <= 1 })).toMatchObject({
      outcome: 'stopped',
      removed: { loads: 1 },
      left: { loads: 2 },
    });
    expect(await run()).toMatchObject({ outcome: 'complete', removed: { loads: 2 } });
  });

  it('that cannot read the ledger removes nothing', async () => {
    await ingest(3, monday);
    await ingest(4, monday);
    await run();
    later++;
    const before = await world.keys();
    const readLedger = () => Promise.reject(new WarehouseBusy('busy'));
    await expect(run({}, { readLedger })).rejects.toThrow(WarehouseBusy);
    expect(await world.keys()).toEqual(before);
  });

  it('beside another one gives way', async () => {
    await ingest(3, monday);
    await ingest(4, monday);
    const results = await Promise.allSettled([run(), run()]);
    const failed = results.filter(({ status }) => status === 'rejected');
    for (const one of failed) expect('reason' in one && one.reason).toBeInstanceOf(CommitConflict);
    expect(failed.length).toBeLessThan(2);
    later++;
    expect(await run()).toMatchObject({ removed: { loads: 1 } });
  });

  it('pages through more objects than one answer lists', async () => {
    const folder = 'raw/visits/partition_date=2025-11-20/load=20251120T010203004Z-0a1b2c3d';
    for (let start = 0; start < 1100; start += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          world.lake.putText(`${folder}/part-${start + n}.parquet`, 'x', { expectedETag: null }),
        ),
      );
    expect(await twoNights()).toMatchObject({ removed: { loads: 1, objects: 1100, bytes: 1100 } });
    expect((await world.keys('raw/')).length).toBe(0);
  });
});

it.each([[null], [[]], [{ dryRun: true }], [{ dry_run: 'yes' }]])('the event %j is refused', (event) => {
  expect(() => parseEvent(event)).toThrow(InvalidRequest);
});
