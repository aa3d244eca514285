import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_KINDS } from './defects/kinds.ts';
import { addAccounts } from './files/recorder.ts';
import { generateIntoTemp, type Generated } from './testing/generate-into-temp.ts';
import { recount } from './testing/rules.ts';
import { personalValues, plantedCount, type Truth } from './truth.ts';

const NONE = { read: 0, loaded: 0, quarantined: 0, deduplicated: 0 };
const plain = (a: typeof NONE) => ({
  read: a.read,
  loaded: a.loaded,
  quarantined: a.quarantined,
  deduplicated: a.deduplicated,
});

describe.each([
  { scale: 0.0001, seed: 1, withPhone: false },
  { scale: 0.004, seed: 7, withPhone: true },
])('sources of scale $scale', { timeout: 60_000 }, ({ scale, seed, withPhone }) => {
  let made: Generated;
  let truth: Truth;
  let out = '';

  beforeAll(async () => {
    made = await generateIntoTemp({ scale, seed, withPhone });
    ({ truth, out } = made);
  }, 60_000);
  afterAll(() => made.remove());

  it('have accounts that add up, in every partition and in every kind of defect', () => {
    for (const partition of truth.partitions) {
      const kinds = Object.values(partition.defects);
      for (const a of [partition.accounts, ...kinds])
        expect(a.read).toBe(a.loaded + a.quarantined + a.deduplicated);
      const planted = partition.plants.reduce((sum, plant) => addAccounts(sum, plant.accounts), NONE);
      expect(plain(kinds.reduce(addAccounts, NONE))).toEqual(planted);
    }
  });

  it('count the same when their bytes are read by the rules alone', async () => {
    for (const partition of truth.partitions) {
      const { accounts } = await recount(out, partition);
      expect({ path: partition.path, ...accounts }).toEqual({ path: partition.path, ...partition.accounts });
    }
  });

  it('are superseded as often as a later file really repeats a complaint', async () => {
    const newest = new Map<string, string>();
    const superseded = new Map<string, number>();
    const keys = new Map<string, Set<string>>();
    for (const partition of truth.partitions) {
      const { source, path } = partition;
      if (partition.partition_date === null) continue;
      const column = source === 'call_logs' || source === 'web_forms' ? 1 : 0;
      for (const row of (await recount(out, partition)).loaded) {
        const key = `${source}/${row[column]}`;
        const earlier = newest.get(key);
        if (earlier !== undefined) superseded.set(earlier, (superseded.get(earlier) ?? 0) + 1);
        newest.set(key, path);
        keys.set(source, (keys.get(source) ?? new Set()).add(key));
      }
    }
    for (const { path, superseded: expected } of truth.partitions)
      expect(superseded.get(path) ?? 0).toBe(expected);
    for (const [source, found] of keys) expect(truth.sources[source]?.distinct).toBe(found.size);
    expect(superseded.size).toBeGreaterThan(10);
  });

  it('hold every kind of defect, and name the id of the row where there is one', async () => {
    const planted = new Set(truth.partitions.flatMap((partition) => Object.keys(partition.defects)));
    expect([...planted].sort()).toEqual([...ALL_KINDS].sort());
    for (const { path, plants } of truth.partitions) {
      const text = await readFile(join(out, path), 'latin1');
      for (const { id } of plants) if (id !== null) expect(text).toContain(id);
    }
    expect(plantedCount(truth)).toBeGreaterThan(400);
  });

  it('let that row win which the truth names', async () => {
    for (const partition of truth.partitions) {
      const { source, plants } = partition;
      const { loaded } = await recount(out, partition);
      const column = source === 'call_logs' || source === 'web_forms' ? 1 : 0;
      const byKey = new Map(loaded.map((row) => [row[column], row]));
      for (const { kind, id, detail } of plants) {
        if (kind !== 'conflict' && kind !== 'repeated') continue;
        const expected = Object.entries(detail ?? {}).flatMap(([name, value]) =>
          name.startsWith('winner') || name === 'status' ? [value] : [],
        );
        expect(byKey.get(id ?? '')).toEqual(expect.arrayContaining(expected));
        expect(expected.length > 0 || source === 'sms').toBe(true);
      }
    }
  });

  it('stay below the share of rejects at which a partition fails', () => {
    for (const { accounts } of truth.partitions) {
      const isFew = accounts.quarantined <= 100 || accounts.quarantined <= 0.2 * accounts.read;
      expect(isFew).toBe(true);
    }
  });

  it('hold every personal value that the truth lists', async () => {
    const files = await Promise.all(truth.partitions.map(({ path }) => readFile(join(out, path), 'utf8')));
    const phonesInCustomers = new Set(withPhone ? [] : truth.sentinels.phones);
    const values = personalValues(truth).filter((value) => !phonesInCustomers.has(value));
    expect(values.length).toBeGreaterThan(100);
    for (const value of values) expect(files.some((text) => text.includes(value))).toBe(true);
  });

  it('are described by the truth file as by the answer', async () => {
    expect(JSON.parse(await readFile(join(out, 'truth.json'), 'utf8'))).toEqual(truth);
  });
});
