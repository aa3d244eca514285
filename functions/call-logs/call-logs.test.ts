import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LakeWorld } from '../../shared/ingest/testing/lake-world.ts';
import { SourceNotReady, SourceUnreadable } from '../../shared/runtime/errors.ts';
import { contract } from './contract.ts';
import { callLogsSource } from './source.ts';

const day = '2025-11-20';
const csvKey = `call logs/call_logs_day_${day}.csv`;
const jsonKey = `call logs/call_logs_day_${day}.json`;
const header =
  ',call ID,customeR iD,COMPLAINT_catego ry,agent ID,call_start_time,call_end_time,resolutionstatus,callLogsGenerationDate\n';
const row = (id: string, status = 'Resolved'): string =>
  `17,${id},cust-1,Payments,1000,2025-03-01 10:00:00,2025-03-01 10:07:00,${status},2025-11-20\n`;
const object = (id: string, extra: object = {}): object => ({
  '': 17,
  'call ID': id,
  'customeR iD': 'cust-1',
  'COMPLAINT_catego ry': 'Payments',
  'agent ID': 1000,
  call_start_time: '2025-03-01 10:00:00',
  call_end_time: '2025-03-01 10:07:00',
  resolutionstatus: 'Resolved',
  callLogsGenerationDate: '2025-11-20',
  ...extra,
});

let world: LakeWorld;
beforeAll(async () => {
  world = await LakeWorld.start();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.newLake();
});

async function ingest(objects: Readonly<Record<string, string | Buffer>>) {
  const source = callLogsSource(await world.newBucket(objects));
  const answer = await world.ingest(source, day, { contract });
  return { answer, view: await world.view(day, 'call_logs') };
}

const loaded = {
  source_index: '17',
  call_id: 'Abc1',
  customer_id: 'cust-1',
  complaint_category: 'Payments',
  agent_id: '1000',
  call_start_time: '2025-03-01 10:00:00',
  call_end_time: '2025-03-01 10:07:00',
  resolution_status: 'Resolved',
  call_logs_generation_date: '2025-11-20',
  _unmapped: null,
};

describe('a day of calls', () => {
  it('comes as CSV', async () => {
    const { view } = await ingest({ [csvKey]: header + row('Abc1') });
    expect(view?.rows).toMatchObject([loaded]);
    expect(view?.manifest?.source_uri).toMatch(/call logs\/call_logs_day_2025-11-20\.csv$/);
  });

  it('comes as a JSON array, large or small numbers as the source wrote them', async () => {
    const text = `[${JSON.stringify(object('Abc1'))},\n ${JSON.stringify(object('Abc2')).replace('1000', '1000.0')}]`;
    const { view } = await ingest({ [jsonKey]: text });
    expect(view?.rows).toMatchObject([loaded, { call_id: 'Abc2', agent_id: '1000.0' }]);
  });

  it('comes as JSON Lines, missing keys empty, unknown ones kept', async () => {
    const { 'customeR iD': _left, ...ragged } = {
      ...object('Abc2', { mood: ['bad', 1] }),
      'customeR iD': '',
    };
    const text = `${JSON.stringify(object('Abc1'))}\n\n${JSON.stringify(ragged)}\r\n`;
    const { view, answer } = await ingest({ [jsonKey]: text });
    expect(view?.rows).toMatchObject([
      loaded,
      { call_id: 'Abc2', customer_id: null, _unmapped: '{"mood":["bad",1]}' },
    ]);
    expect(answer.unmapped_columns).toEqual(['mood']);
  });

  it('puts bad JSON records aside with their text and keeps the good ones around them', async () => {
    const lines = [
      JSON.stringify(object('Abc1')),
      '{"call ID": "cut',
      '[1, 2]',
      JSON.stringify(object('Abc2', { resolutionstatus: 'a\0b' })),
      JSON.stringify(object('Abc3', { call_end_time: '2025-02-30 10:00:00' })),
      JSON.stringify(object('Abc4')),
    ];
    const { view } = await ingest({ [jsonKey]: `${lines.join('\n')}\n` });
    expect(view?.rows.map(({ call_id: id }) => id)).toEqual(['Abc1', 'Abc4']);
    expect(view?.quarantine).toMatchObject([
      { row: 2, reasons: 'invalid_json', raw: lines[1] },
      { row: 3, reasons: 'not_an_object' },
      { row: 4, reasons: 'nul_byte' },
      { row: 5, reasons: 'not_a_timestamp:call_end_time', raw: lines[4] },
    ]);
  });
});

describe('no day of calls', () => {
  const array = JSON.stringify([object('Abc1'), object('Abc2')]);
  it.each([
    ['nothing', {}, SourceNotReady, /there is no s3:.*csv nor s3:.*json/],
    [
      'both forms',
      { [csvKey]: header + row('Abc1'), [jsonKey]: array },
      SourceUnreadable,
      /there is both .*csv and .*json/,
    ],
    ['a cut-off array', { [jsonKey]: array.slice(0, -1) }, SourceUnreadable, /does not end/],
    ['an array cut inside an object', { [jsonKey]: array.slice(0, -30) }, SourceUnreadable, /does not end/],
    ['more after the array', { [jsonKey]: `${array} x` }, SourceUnreadable, /follows the end/],
    [
      'a cut-off last line',
      { [jsonKey]: `${JSON.stringify(object('A'))}\n{"call ID": "B` },
      SourceUnreadable,
      /cut off/,
    ],
    ['an empty object', { [jsonKey]: '' }, SourceUnreadable, /empty/],
    ['neither CSV nor JSON', { [jsonKey]: 'hello' }, SourceUnreadable, /neither/],
    ['an empty array', { [jsonKey]: '[]' }, Error, /no record|no column/],
  ])('(%s) says what was found', async (_what, objects, error, message) => {
    await expect(ingest(objects)).rejects.toThrow(error);
    await expect(ingest(objects)).rejects.toThrow(message);
    expect(await world.view(day, 'call_logs')).toBeUndefined();
  });
});
