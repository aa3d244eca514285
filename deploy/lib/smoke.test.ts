import { describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { smoke } from './smoke.ts';

const PARTITION = { source: 'call_logs', date: '2025-11-20', hour: null };
const landed = {
  outcome: 'committed',
  load_id: 'L1',
  rows: { read: 10, loaded: 7, quarantined: 2, deduplicated: 1, erased: 0 },
};
const loaded = { outcome: 'loaded', load_id: 'L1', rows_loaded: 7 };

type Answer = Readonly<Record<string, unknown>>;

/** A fleet that gives these answers, one after the other; keeps what was asked. */
function fleet(...answers: Answer[]) {
  const asked: [string, object][] = [];
  const call = async (name: string, event: object): Promise<Answer> => {
    asked.push([name, event]);
    return answers[asked.length - 1] ?? {};
  };
  return { asked, call };
}

describe('a smoke run', () => {
  it('ingests, loads and ingests again one partition, by the names of the deployment', async () => {
    const { asked, call } = fleet(landed, loaded, { ...landed, outcome: 'unchanged' });
    expect(await smoke(call, 'coretelecoms-dev-', PARTITION)).toEqual([
      'call_logs 2025-11-20 committed: 10 read = 7 loaded + 3 put aside',
      'call_logs 2025-11-20 in the warehouse: loaded, 7 rows',
      'call_logs 2025-11-20 a second time: unchanged',
    ]);
    expect(asked.map(([name]) => name)).toEqual([
      'coretelecoms-dev-call-logs',
      'coretelecoms-dev-load-warehouse',
      'coretelecoms-dev-call-logs',
    ]);
    expect(asked[1]?.[1]).toEqual({ source: 'call_logs', partition_date: '2025-11-20' });
  });

  it.each([
    ['a record is lost', [{ ...landed, rows: { ...landed.rows, loaded: 6 } }, loaded], '10 and 9'],
    ['the warehouse lacks rows', [landed, { ...loaded, rows_loaded: 6 }], '7 and 6'],
    ['the warehouse has another load', [landed, { ...loaded, load_id: 'L0' }], 'L1 and L0'],
    ['nothing was loaded', [landed, { outcome: 'missing' }], 'ended with "missing"'],
    ['a second run changes the partition', [landed, loaded, { ...landed, load_id: 'L2' }], 'L1 and L2'],
    ['an account is missing', [{ ...landed, rows: { read: 1 } }], 'no number of rows loaded'],
  ])('fails when %s', async (_, answers, message) => {
    await expect(smoke(fleet(...answers).call, '', PARTITION)).rejects.toThrow(message);
  });

  it('of an hourly source names the hour', async () => {
    const { asked, call } = fleet(landed, loaded, landed);
    await smoke(call, '', { source: 'sms', date: '2025-11-20', hour: 8 });
    expect(asked[0]).toEqual(['sms', { partition_date: '2025-11-20', partition_hour: 8 }]);
  });
});

it('says which migrations were applied', async () => {
  const some = fleet({ applied: ['0001_schemas', '0002_roles'] });
  expect(await migrate(some.call, 'p-')).toBe('2 migrations applied: 0001_schemas, 0002_roles');
  expect(some.asked).toEqual([['p-migrate-warehouse', {}]]);
  expect(await migrate(fleet({ applied: [] }).call, '')).toBe('the warehouse has every migration');
});
