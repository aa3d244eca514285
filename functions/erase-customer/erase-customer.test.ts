import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  erasedGuest,
  erasedPhone,
  guests,
  guestsHeader,
  rowsOfErased,
} from '../../shared/ingest/testing/guests.ts';
import type { LakeView } from '../../shared/ingest/testing/lake-world.ts';
import { readPointer } from '../../shared/lake/pointer.ts';
import { readSuppressionList } from '../../shared/lake/suppression-list.ts';
import { ConfigurationError, InvalidRequest } from '../../shared/runtime/errors.ts';
import { EraseWorld, settleMs } from './testing/erase-world.ts';

const request = { request_id: 'DSR-1' };
const person = { customer_id: [erasedGuest], phone: [erasedPhone] };
const days = ['2025-11-20', '2025-11-21', '2025-11-22'] as const;
const [monday, tuesday, wednesday] = days;

const other = 'o1,7f1d8b2e-0c3a-4f5b-9d7e-1a2b3c4d5e6f,+46701234568,2025-01-01,somebody else';
const mixed = [guestsHeader.trim(), other, ...rowsOfErased.map(([row]) => row), 'o2,bad,,2025-02-30,'].join(
  '\n',
);
const without = [guestsHeader.trim(), other].join('\n');
const placed = (place: string): number => rowsOfErased.filter(([, found]) => found === place).length;
const rows = {
  loaded: placed('loaded'),
  quarantined: placed('quarantined'),
  deduplicated: placed('deduplicated'),
};

let world: EraseWorld;
beforeAll(async () => {
  world = await EraseWorld.start();
});
afterAll(() => world.stop());
beforeEach(() => world.renew());

const ingest = (text: string, date: string, options: object = {}) =>
  world.lakes.ingest(text, date, { contract: guests, ...options });

const contentOf = (view: LakeView | undefined): unknown => ({
  rows: view?.rows.map(({ _load_id, _loaded_at, ...row }) => row),
  quarantine: view?.quarantine,
  accounts: view?.manifest?.rows,
  reasons: view?.manifest?.reasons,
  hashSum: view?.manifest?.hash_sum,
});

/** Keys of objects of which some version names the person. */
async function traces(): Promise<string[]> {
  const spellings = [erasedGuest, erasedGuest.replaceAll('-', ''), '46701234567', '70-123 45 67'];
  const kept = await world.everythingKept();
  return kept.filter(({ text }) => spellings.some((one) => text.includes(one))).map(({ key }) => key);
}

const label = { source: 'visits', hour: null };

describe('a person who is erased', () => {
  it('is taken out of every load, and what is left is what would be taken in today', async () => {
    for (const date of [monday, tuesday]) await ingest(mixed, date);
    await ingest(without, wednesday);
    await ingest(`${mixed}\n`, tuesday);
    const wednesdayBefore = await readPointer(world.lakes.lake, { ...label, date: wednesday });
    expect(await traces()).not.toEqual([]);

    world.leave('DSR-1', person);
    expect(await world.erase(request)).toMatchObject({
      outcome: 'rewritten',
      list_version: 1,
      loads_scanned: 4,
      loads: { replaced: 2, superseded: 1 },
      rows: {
        loaded: 2 * rows.loaded,
        quarantined: 2 * rows.quarantined,
        deduplicated: 2 * rows.deduplicated,
      },
      partitions: [
        { source: 'visits', partition_date: monday, partition_hour: null },
        { source: 'visits', partition_date: tuesday, partition_hour: null },
      ],
    });
    expect(world.parameters.size).toBe(0);
    const rewritten = contentOf(await world.lakes.view(monday));
    expect(await readPointer(world.lakes.lake, { ...label, date: wednesday })).toEqual(wednesdayBefore);
    expect(await ingest(mixed, monday)).toMatchObject({ outcome: 'unchanged' });
    expect(await ingest(mixed, monday, { force: true })).toMatchObject({
      rows: { read: 2 + rowsOfErased.length, loaded: 1, quarantined: 1, erased: rowsOfErased.length },
    });
    expect(contentOf(await world.lakes.view(monday))).toEqual(rewritten);
  });

  it('leaves no trace in any version of any object once it is purged, and stays out', async () => {
    await ingest(mixed, monday);
    await ingest(`${mixed}\n`, monday);
    await ingest(mixed, tuesday);
    await ingest('', tuesday, { withdraw: true });
    world.leave('DSR-1', person);
    const { partitions } = await world.erase(request);
    expect(partitions).toHaveLength(2);
    expect(await readPointer(world.lakes.lake, { ...label, date: tuesday })).toMatchObject({
      pointer: { load_id: null, commit_seq: 3 },
    });
    expect(await world.erase({ ...request, purge: true })).toMatchObject({ outcome: 'too_early' });
    world.later = settleMs + 1000;
    const purged = await world.erase({ ...request, purge: true });
    // three loads of data, quarantine, manifest and copy list; superseded pointers: two and two
    expect(purged).toMatchObject({ outcome: 'purged', removed: { objects: 12, versions: 16 } });
    expect(await traces()).toEqual([]);

    expect(await ingest(mixed, tuesday)).toMatchObject({ outcome: 'unchanged', load_id: null });
    expect(await ingest(`${mixed}\n\n`, monday)).toMatchObject({ rows: { erased: rowsOfErased.length } });
    expect(await traces()).toEqual([]);
    const again = await world.erase(request);
    expect(await world.erase({ ...request, purge: true })).toEqual(purged);
    expect(again).toMatchObject({ outcome: 'purged', removed: purged.removed });
    expect((await readSuppressionList(world.lakes.lake))?.version).toBe(1);
  });

  it('of a load that several days share leaves one load that they share', async () => {
    const contract = { ...guests, cadence: 'snapshot' as const };
    for (const date of days) await ingest(mixed, date, { contract });
    world.leave('DSR-1', person);
    const answer = await world.erase(request);
    expect(answer.loads).toEqual({ replaced: 1, superseded: 0 });
    expect(answer.partitions).toHaveLength(3);
    const named = await Promise.all(days.map((date) => readPointer(world.lakes.lake, { ...label, date })));
    expect(new Set(named.map((stored) => stored?.pointer.manifest_uri)).size).toBe(1);
    expect(await ingest(mixed, '2025-11-23', { contract })).toMatchObject({ outcome: 'carried_forward' });
  });

  it('is looked for again when more identifiers come under the same number', async () => {
    await ingest(mixed, monday);
    world.leave('DSR-1', { customer_id: [erasedGuest] });
    await world.erase(request);
    expect(await traces()).not.toEqual([]);
    world.leave('DSR-1', person);
    expect(await world.erase(request)).toMatchObject({ outcome: 'rewritten', list_version: 2 });
    expect((await world.lakes.view(monday))?.manifest?.rows.erased).toBe(rowsOfErased.length);
  });

  it('is not taken in again, and nobody else is erased, when the list was lost', async () => {
    world.leave('DSR-1', person);
    await world.erase(request);
    await world.lakes.lake.remove(['suppression/list.json']);
    await expect(ingest(mixed, monday)).rejects.toThrow(/list of erased persons was lost/);
    world.leave('DSR-2', { customer_id: ['C-4711'] });
    await expect(world.erase({ request_id: 'DSR-2' })).rejects.toThrow(ConfigurationError);
  });

  it('is taken in again once that is asked for', async () => {
    world.leave('DSR-1', person);
    await world.erase(request);
    expect(await world.erase({ ...request, lift: true })).toMatchObject({ outcome: 'lifted' });
    expect(await ingest(mixed, monday)).toMatchObject({ rows: { erased: 0 } });
    world.leave('DSR-1', person);
    expect(await world.erase(request)).toMatchObject({ outcome: 'rewritten', loads: { replaced: 1 } });
  });
});

describe('old loads are not removed', () => {
  it('while the warehouse has them', async () => {
    const { load_id: loadId } = await ingest(mixed, monday);
    world.leave('DSR-1', person);
    await world.erase(request);
    world.later = settleMs + 1000;
    world.ledger = [{ source: 'visits', date: monday, hour: null, loadId: loadId ?? '' }];
    expect(await world.erase({ ...request, purge: true })).toMatchObject({
      outcome: 'warehouse_is_behind',
      partitions: [{ source: 'visits', partition_date: monday, partition_hour: null }],
    });
    expect(await traces()).not.toEqual([]);
  });

  it('before what an attempt left that did not know the list yet is rewritten, too', async () => {
    await ingest(mixed, monday);
    world.leave('DSR-1', person);
    await world.erase(request);
    const keys = ['suppression/list.json', 'suppression/requests/DSR-1.json'];
    const texts = await Promise.all(keys.map((key) => world.lakes.lake.readText(key)));
    await world.lakes.lake.remove(keys);
    await ingest(mixed, '2025-11-19');
    for (const [index, key] of keys.entries())
      await world.lakes.lake.putText(key, texts[index]?.text ?? '', { expectedETag: null });
    world.later = settleMs + 1000;
    expect(await world.erase({ ...request, purge: true })).toMatchObject({
      outcome: 'rewritten',
      loads: { replaced: 2 },
    });
    expect(await world.erase({ ...request, purge: true })).toMatchObject({ outcome: 'too_early' });
    world.later = 2 * (settleMs + 1000);
    expect(await world.erase({ ...request, purge: true })).toMatchObject({ outcome: 'purged' });
    expect(await traces()).toEqual([]);
  });
});

describe('an erasure that is interrupted', () => {
  it('for lack of time goes on with the next load', async () => {
    for (const date of days) await ingest(mixed, date);
    world.leave('DSR-1', person);
    world.patience = 1;
    const replaced: number[] = [];
    for (let outcome = ''; outcome !== 'rewritten';) {
      const answer = await world.erase(request);
      outcome = answer.outcome;
      replaced.push(answer.loads.replaced);
    }
    expect(replaced.slice(0, 2)).toEqual([1, 1]);
    expect(replaced.at(-1)).toBe(3);
  });

  it('at any request to the lake ends the same way after the next run', { timeout: 120_000 }, async () => {
    const contract = { ...guests, cadence: 'snapshot' as const };
    for (let failing = 1; ; failing += 3) {
      await world.renew();
      for (const date of [monday, tuesday]) await ingest(mixed, date, { contract });
      world.leave('DSR-1', person);
      const result = await world.erase(request, brokenClient(failing)).catch(() => 'broken');
      const answer = await world.erase(request);
      expect(answer).toMatchObject({ outcome: 'rewritten', rows, loads: { replaced: 1 } });
      expect(answer.partitions).toHaveLength(2);
      const named = await Promise.all(
        [monday, tuesday].map((date) => readPointer(world.lakes.lake, { ...label, date })),
      );
      expect(new Set(named.map((stored) => stored?.pointer.load_id)).size).toBe(1);
      world.later = settleMs + 1000;
      const purge = { ...request, purge: true };
      const isPurged = await world
        .erase(purge, brokenClient(failing))
        .then(() => true)
        .catch(() => false);
      // one load, and a superseded pointer of each day
      expect(await world.erase(purge)).toMatchObject({
        outcome: 'purged',
        removed: { objects: 4, versions: 6 },
      });
      expect(await traces()).toEqual([]);
      if (result !== 'broken' && isPurged) {
        expect(failing).toBeGreaterThan(12);
        return;
      }
    }
  });
});

describe('a request', () => {
  it.each([
    [{ request_id: 'DSR-1', customer_id: erasedGuest }, 'Identifiers do not belong'],
    [{ request_id: 'jo.doe@example.com' }, 'number of the request'],
    [{ request_id: 'DSR-1', purge: 'yes' }, 'purge must be'],
    [{ request_id: 'DSR-1', purge: true, lift: true }, 'ask for one'],
    [{ request_id: 'DSR-9' }, 'nothing is known of request DSR-9'],
    ['DSR-1', 'must be an object'],
  ])('%j is refused', async (event, message) => {
    const error = await world.erase(event as object).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidRequest);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toContain(erasedGuest);
  });

  it.each([
    [{ customer_id: ['abc'] }, 'customer_id 1 of 1 is not'],
    [{ customer_id: [erasedGuest, 'a b 1 2'] }, 'customer_id 2 of 2 is not'],
    [{ email: ['secret'] }, 'email 1 of 1 is not'],
    [{ phone: ['12345'] }, 'phone 1 of 1 is not'],
    [{ phone: [46701234567] }, 'phone 1 of 1 is not'],
    [{ name: ['Jo Doe'] }, 'a kind other than'],
    [{ customer_id: [] }, 'name nobody'],
    [['secret'], 'JSON object'],
  ])(
    'with identifiers %j is refused without repeating them, and changes nothing',
    async (identifiers, message) => {
      world.leave('DSR-1', identifiers);
      const error = await world.erase(request).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InvalidRequest);
      expect(String(error)).toContain(message);
      expect(String(error)).not.toMatch(/secret|6f1d8b2e|a b 1 2|Jo Doe|12345/);
      expect(await readSuppressionList(world.lakes.lake)).toBeUndefined();
    },
  );
});

/** A client of the lake of which the n-th request fails after it was carried out. */
function brokenClient(failing: number) {
  const client = world.lakes.client();
  let count = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (++count === failing) throw new Error('the connection broke');
      return result;
    },
    { step: 'initialize' },
  );
  return client;
}
