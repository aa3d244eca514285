import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RowAccounts } from '../../lake/manifest.ts';
import { ConfigurationError, InvalidRequest } from '../../runtime/errors.ts';
import { erasedGuest, erasedPhone, guests, guestsHeader, rowsOfErased } from '../testing/guests.ts';
import { LakeWorld, suppressionKey, type LakeView } from '../testing/lake-world.ts';
import { suppress } from '../testing/suppress.ts';

const day = '2025-11-20';
const others = [
  'o1,7f1d8b2e-0c3a-4f5b-9d7e-1a2b3c4d5e6f,+46701234568,2025-01-01,somebody else',
  'o2,,,,',
  'o3,guest,,2025-02-30,a bad day',
  'o4,"broken,,2025-01-01,quotes',
  'o5,g,,,same',
  'o5,g,,,same',
];
/** Rows of the erased between rows of others. */
const mixed =
  guestsHeader +
  interleave(
    others,
    rowsOfErased.map(([row]) => row),
  ).join('\n') +
  '\n';
const onlyOthers: RowAccounts = { read: 6, loaded: 3, quarantined: 2, deduplicated: 1, erased: 0 };
const erasedAccounts: RowAccounts = {
  ...onlyOthers,
  read: 6 + rowsOfErased.length,
  erased: rowsOfErased.length,
};

let world: LakeWorld;
beforeAll(async () => {
  world = await LakeWorld.start();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.newLake();
});

const erase = () =>
  suppress(world.lake, suppressionKey, { customer_id: [erasedGuest], phone: [erasedPhone] });

/** What a reader sees, without what differs from load to load. */
const contentOf = (view: LakeView | undefined): unknown => ({
  rows: view?.rows.map(({ _load_id, _loaded_at, ...row }) => row),
  quarantine: view?.quarantine,
  accounts: view?.manifest?.rows,
  reasons: view?.manifest?.reasons,
  hashSum: view?.manifest?.hash_sum,
});

describe('a partition that names an erased person', () => {
  it('takes in everybody else, and counts whoever is left out, wherever the row would have ended', async () => {
    await world.ingest(mixed, day, { contract: guests });
    const before = await world.view(day);
    expect(before?.manifest?.rows).toEqual({
      read: erasedAccounts.read,
      loaded: onlyOthers.loaded + placed('loaded'),
      quarantined: onlyOthers.quarantined + placed('quarantined'),
      deduplicated: onlyOthers.deduplicated + placed('deduplicated'),
      erased: 0,
    });
    await world.newLake();
    await erase();
    const answer = await world.ingest(mixed, day, { contract: guests });
    expect(answer.rows).toEqual(erasedAccounts);
    const view = await world.view(day);
    expect(view?.manifest).toMatchObject({ suppression_version: 1 });
    expect(view?.rows.map((row) => row.visit_id)).toEqual(['o1', 'o2', 'o5']);
    expect(view?.quarantine.map(({ reasons }) => reasons)).toEqual([
      'not_a_date:visited_on',
      'broken_quotes',
      'duplicate',
    ]);
    expect(inspect(contentOf(view), { depth: null }).toLowerCase()).not.toContain(erasedGuest);
  });

  it('is left alone by the list until it is rewritten: the same source is unchanged', async () => {
    await world.ingest(mixed, day, { contract: guests });
    await erase();
    expect(await world.ingest(mixed, day, { contract: guests })).toMatchObject({ outcome: 'unchanged' });
    expect(await world.ingest(mixed, day, { contract: guests, force: true })).toMatchObject({
      outcome: 'committed',
      rows: erasedAccounts,
    });
  });

  it('in a column that the contract does not know is left out, too', async () => {
    await erase();
    const known = guestsHeader.trim();
    const text = `${known},contact\no1,,,,,nobody\ne1,,,,,"ask ${erasedGuest}"\ne2,,,,,tel. 0046-701234567\n`;
    expect((await world.ingest(text, day, { contract: guests })).rows).toMatchObject({
      loaded: 1,
      erased: 2,
    });
    expect((await world.view(day))?.rows.map((row) => row._unmapped)).toEqual(['{"contact":"nobody"}']);
  });

  it('may hold nothing else', async () => {
    await erase();
    const text = `${guestsHeader}e1,${erasedGuest},,,\n`;
    expect((await world.ingest(text, day, { contract: guests })).rows).toEqual({
      read: 1,
      loaded: 0,
      quarantined: 0,
      deduplicated: 0,
      erased: 1,
    });
  });

  it('is not taken in at all when the key of the list is another', async () => {
    await suppress(world.lake, `another ${suppressionKey}`, { customer_id: [erasedGuest] });
    await expect(world.ingest(mixed, day, { contract: guests })).rejects.toThrow(ConfigurationError);
    expect(await world.view(day)).toBeUndefined();
  });
});

describe('a list that was lost', () => {
  it('stops ingest before an erased person is taken in again', async () => {
    await erase();
    await world.ingest(mixed, day, { contract: guests });
    await world.lake.remove(['suppression/list.json']);
    for (const date of [day, '2025-11-21'])
      await expect(world.ingest(`${mixed}\n`, date, { contract: guests })).rejects.toThrow(/was lost/);
  });
});

describe('an earlier load', () => {
  it('is restored as it was, and stays as long as the source does', async () => {
    const first = await world.ingest(mixed, day, { contract: guests });
    const before = contentOf(await world.view(day));
    const wrong = guestsHeader + others.slice(0, 2).join('\n');
    await world.ingest(wrong, day, { contract: guests });

    const restored = await world.ingest('not read', day, { contract: guests, restore: first.load_id });
    expect(restored).toMatchObject({ outcome: 'restored', rows: first.rows });
    expect(contentOf(await world.view(day))).toEqual(before);
    expect((await world.view(day))?.manifest?.rewritten_from).toBe(first.load_id);
    for (const text of [wrong, mixed])
      expect(await world.ingest(text, day, { contract: guests })).toMatchObject({
        outcome: 'unchanged',
        load_id: restored.load_id,
      });
    expect(await world.ingest('not read', day, { contract: guests, restore: first.load_id })).toMatchObject({
      outcome: 'unchanged',
      load_id: restored.load_id,
    });
    const corrected = guestsHeader + others.slice(0, 1).join('\n');
    expect(await world.ingest(corrected, day, { contract: guests })).toMatchObject({ outcome: 'committed' });
  });

  it('is restored without whoever was erased since, just as if it were taken in anew', async () => {
    const first = await world.ingest(mixed, day, { contract: guests });
    await erase();
    await world.ingest(mixed, day, { contract: guests, force: true });
    const takenIn = contentOf(await world.view(day));
    await world.ingest('x', day, { contract: guests, withdraw: true });
    await world.ingest('x', day, { contract: guests, restore: first.load_id });
    expect(contentOf(await world.view(day))).toEqual(takenIn);
  });

  it('that the lake does not have is refused', async () => {
    await world.ingest(mixed, day, { contract: guests });
    const restore = '20251120T000000000Z-00000000';
    await expect(world.ingest('x', day, { contract: guests, restore })).rejects.toThrow(InvalidRequest);
  });

  it('of a snapshot may be that of an earlier day', async () => {
    const contract = { ...guests, cadence: 'snapshot' as const };
    const good = await world.ingest(mixed, day, { contract });
    await world.ingest(guestsHeader + (others[0] ?? ''), '2025-11-21', { contract });
    const restored = await world.ingest('x', '2025-11-21', { contract, restore: good.load_id });
    expect(restored).toMatchObject({ outcome: 'restored', rows: good.rows });
    expect((await world.view('2025-11-21'))?.manifest).toMatchObject({ partition_date: '2025-11-21' });
  });
});

const placed = (place: string): number => rowsOfErased.filter(([, found]) => found === place).length;

function interleave(a: readonly string[], b: readonly string[]): string[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, n) =>
    [a[n], b[n]].flatMap((one) => one ?? []),
  ).flat();
}
