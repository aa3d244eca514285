import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Effects } from './complaints/effects.ts';
import { recount } from './testing/rules.ts';
import { generateIntoTemp, type Generated } from './testing/generate-into-temp.ts';

const made: Generated[] = [];

afterEach(async () => {
  await Promise.all(made.splice(0).map((one) => one.remove()));
});

async function generated(effects: Effects, withPhone = false): Promise<Generated> {
  const days = ['2025-11-20', '2025-11-21'];
  const one = await generateIntoTemp({ scale: 0.01, days, defects: 'none', effects, withPhone });
  made.push(one);
  return one;
}

/** Loaded rows of one partition, the n-th of the source. */
async function rowsOf(one: Generated, source: string, n: number): Promise<readonly (readonly string[])[]> {
  return (await recount(one.out, one.of(source)[n] ?? expect.fail())).loaded;
}

const shareOf = (rows: readonly (readonly string[])[], test: (row: readonly string[]) => boolean): number =>
  rows.filter(test).length / rows.length;

describe('planted effects', { timeout: 60_000 }, () => {
  it('raise a category for customers of one state and for no others', async () => {
    const one = await generated({ categoryShares: [{ category: 'Payments', state: 'TX', multiplier: 9 }] });
    const customers = await rowsOf(one, 'customers', 0);
    const texans = new Set(customers.filter((row) => /, TX \d{5}$/u.test(row[6] ?? '')).map(([id]) => id));
    const calls = [...(await rowsOf(one, 'call_logs', 0)), ...(await rowsOf(one, 'call_logs', 1))];
    const inTexas = calls.filter((row) => texans.has(row[2]));
    expect(shareOf(inTexas, (row) => row[3] === 'Payments')).toBeGreaterThan(0.6);
    const elsewhere = calls.filter((row) => !texans.has(row[2]));
    expect(shareOf(elsewhere, (row) => row[3] === 'Payments')).toBeLessThan(0.28);
  });

  it('add complaints of one category, state and time to one file', async () => {
    const opened = { from: '2025-11-10T14:00:00Z', to: '2025-11-10T15:00:00Z' };
    const spike = {
      source: 'web_forms',
      partitionDate: '2025-11-21',
      category: 'Network Failure',
      state: 'OH',
      share: 0.25,
      opened,
    } as const;
    const one = await generated({ spikes: [spike] });
    const [before, after] = [await rowsOf(one, 'web_forms', 0), await rowsOf(one, 'web_forms', 1)];
    expect(after.length / before.length).toBeGreaterThan(1.2);
    const isSpike = (row: readonly string[]): boolean => (row[6] ?? '').startsWith('2025-11-10 14:');
    expect(shareOf(before, isSpike)).toBeLessThan(0.01);
    const share = shareOf(after, isSpike);
    expect(share > 0.17 && share < 0.23).toBe(true);
    const ohioans = new Set(
      (await rowsOf(one, 'customers', 0))
        .filter((row) => /, OH \d{5}$/u.test(row[6] ?? ''))
        .map(([id]) => id),
    );
    const added = after.filter(isSpike);
    expect(shareOf(added, (row) => ohioans.has(row[2]) && row[3] === 'Network Failure')).toBeGreaterThan(
      0.95,
    );
  });

  it('resolve another share where all conditions meet and a quarter elsewhere', async () => {
    const one = await generated({
      resolutionShares: [{ share: 0.7, experience: 'Senior', category: 'Payments', source: 'call_logs' }],
    });
    const seniors = new Set(
      (await rowsOf(one, 'agents', 0)).filter((row) => row[2] === 'Senior').map(([id]) => id),
    );
    const calls = [...(await rowsOf(one, 'call_logs', 0)), ...(await rowsOf(one, 'call_logs', 1))];
    const isMeant = (row: readonly string[]): boolean => seniors.has(row[4]) && row[3] === 'Payments';
    const resolved = (row: readonly string[]): boolean => row[7] === 'Resolved';
    expect(shareOf(calls.filter(isMeant), resolved)).toBeCloseTo(0.7, 1);
    const others = calls.filter((row) => !isMeant(row));
    expect(Math.abs(shareOf(others, resolved) - 0.25)).toBeLessThan(0.03);
    const forms = await rowsOf(one, 'web_forms', 0);
    const formsMeant = forms.filter((row) => seniors.has(row[4]) && row[3] === 'Payments');
    expect(shareOf(formsMeant, (row) => row[5] === 'Resolved')).toBeLessThan(0.4);
  });

  it('make tickets of one kind take longer, and keep every resolution before its file', async () => {
    const one = await generated({ slowdowns: [{ times: 2, category: 'Payments' }] });
    const forms = [...(await rowsOf(one, 'web_forms', 0)), ...(await rowsOf(one, 'web_forms', 1))];
    const meanDays = (category: string): number => {
      const days = forms
        .filter((row) => row[7] !== '' && row[3] === category && (row[6] ?? '') < '2025-09')
        .map((row) => (Date.parse(row[7] ?? '') - Date.parse(row[6] ?? '')) / 86_400_000);
      return days.reduce((sum, day) => sum + day, 0) / days.length;
    };
    expect(Math.abs(meanDays('Payments') - 26)).toBeLessThan(2);
    expect(Math.abs(meanDays('Network Failure') - 13)).toBeLessThan(1);
    expect(forms.every((row) => (row[7] ?? '') < (row[8] ?? ''))).toBe(true);
  });

  it('let customers of one state complain more often, in files of the same size', async () => {
    const [flat, one] = [await generated({}), await generated({ complainers: [{ state: 'AA', times: 3 }] })];
    const inState = async (made: Generated): Promise<number> => {
      const customers = await rowsOf(made, 'customers', 0);
      const there = new Set(customers.filter((row) => / AA \d{5}$/u.test(row[6] ?? '')).map(([id]) => id));
      return shareOf(await rowsOf(made, 'call_logs', 0), (row) => there.has(row[2]));
    };
    expect((await inState(one)) / (await inState(flat))).toBeGreaterThan(2.3);
    expect(one.of('call_logs')[0]?.accounts.loaded).toBe(flat.of('call_logs')[0]?.accounts.loaded);
  });

  it('add messages to one hour', async () => {
    const one = await generated({
      spikes: [
        {
          source: 'sms',
          partitionDate: '2025-11-20',
          partitionHour: 12,
          category: 'Network Failure',
          share: 1,
        },
      ],
    });
    const network = one
      .of('sms')
      .map(({ facts, accounts }) => (facts['intent network'] ?? 0) / accounts.loaded);
    expect(network[1]).toBeGreaterThan(0.5);
    for (const share of [network[0], network[2], network[3]]) expect(share).toBeLessThan(0.3);
  });
});

describe('no effect', () => {
  it('leaves every byte as it has always been', async () => {
    const one = await generateIntoTemp({ seed: 5, scale: 0.0001 });
    made.push(one);
    const hash = createHash('sha256');
    for (const { path } of one.truth.partitions) hash.update(await one.read(path));
    expect(hash.digest('hex')).toBe('3c65a39a2b5a923c82cb1bf6e5b9873c469affe2c1e952cb730dbc8207144b97');
    expect(one.truth).not.toHaveProperty('effects');
  });
});

describe('a phone column', { timeout: 60_000 }, () => {
  it('lets the stated number of senders be recognised', async () => {
    const one = await generated({}, true);
    const customers = await rowsOf(one, 'customers', 0);
    const phones = customers.map((row) => row[7] ?? '').filter((phone) => phone !== '');
    expect(new Set(phones).size).toBe(phones.length);
    expect(phones.length / customers.length).toBeGreaterThan(0.5);
    const known = new Set(phones);
    for (const partition of one.of('sms')) {
      const { loaded } = await recount(one.out, partition);
      expect(loaded.filter((row) => known.has(row[2] ?? '')).length).toBe(partition.facts['known sender']);
    }
  });
});
