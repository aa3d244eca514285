import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LakeWorld } from '../../shared/ingest/testing/lake-world.ts';
import { SchemaDrift, SourceUnreadable } from '../../shared/runtime/errors.ts';
import { contract } from './contract.ts';
import { socialMediaKey, socialMediaSource } from './source.ts';

const day = '2025-11-20';
const columns = (keys: readonly string[]): Record<string, Record<string, unknown>> => {
  const each = (value: (key: string) => unknown) => Object.fromEntries(keys.map((key) => [key, value(key)]));
  return {
    complaint_id: each((key) => `id-${key}`),
    'customeR iD': each((key) => `cust-${key}`),
    'COMPLAINT_catego ry': each(() => 'Payments'),
    'agent ID': each(() => '1000'),
    resolutionstatus: each(() => 'Backlog'),
    request_date: each(() => '2025-03-01 10:00:00'),
    resolution_date: each(() => ''),
    media_channel: each(() => 'Twitter'),
    MediaComplaintGenerationDate: each(() => day),
  };
};

let world: LakeWorld;
beforeAll(async () => {
  world = await LakeWorld.start();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.newLake();
});

async function ingest(content: string | Buffer) {
  const source = socialMediaSource(await world.newBucket({ [socialMediaKey(day)]: content }));
  const answer = await world.ingest(source, day, { contract });
  return { answer, view: await world.view(day, 'social_media') };
}

describe('a day of posts', () => {
  it('is ordered by its keys as numbers, with gaps, whatever order they stand in', async () => {
    const { view } = await ingest(JSON.stringify(columns(['10', '2', '333'])));
    expect(view?.rows.map((row) => row.complaint_id)).toEqual(['id-2', 'id-10', 'id-333']);
    expect(view?.rows[0]).toMatchObject({ resolution_date: '', media_channel: 'Twitter', _source_row: 1n });
  });

  it('that is ragged gives a missing value, never another record’s', async () => {
    const ragged = columns(['0', '1', '2']);
    delete ragged['customeR iD']?.['1'];
    delete ragged.complaint_id?.['2'];
    const { view } = await ingest(JSON.stringify(ragged));
    expect(view?.rows.map((row) => row.customer_id)).toEqual(['cust-0', null]);
    expect(view?.quarantine).toMatchObject([{ row: 3, reasons: 'missing_value:complaint_id' }]);
    expect(view?.quarantine[0]?.raw).toContain('"customeR iD":"cust-2"');
  });

  it('puts aside records with NUL, half a character, or bytes that are no UTF-8', async () => {
    const bad = columns(['0', '1', '2', '3']);
    if (bad['COMPLAINT_catego ry'] !== undefined) {
      bad['COMPLAINT_catego ry']['0'] = 'a\0b';
      bad['COMPLAINT_catego ry']['1'] = '\ud800';
      bad['COMPLAINT_catego ry']['2'] = 'caf@';
    }
    const bytes = Buffer.from(JSON.stringify(bad));
    bytes[bytes.indexOf('caf@') + 3] = 0xe9;
    const { view } = await ingest(bytes);
    expect(view?.rows.map((row) => row.complaint_id)).toEqual(['id-3']);
    expect(view?.quarantine.map(({ reasons }) => reasons)).toEqual([
      'nul_byte',
      'invalid_utf8',
      'invalid_utf8',
    ]);
  });
});

describe('no day of posts', () => {
  const whole = JSON.stringify(columns(['0']));
  const { request_date: _left, ...lacking } = columns(['0']);
  it.each([
    ['cut off', whole.slice(0, -5), SourceUnreadable, /no complete JSON \(\d+ bytes\)/],
    ['empty', '', SourceUnreadable, /empty/],
    ['an array', '[1]', SourceUnreadable, /not one object of columns/],
    ['columns that are no objects', '{"complaint_id": [1]}', SourceUnreadable, /a column of it is no object/],
    ['no records', JSON.stringify(columns([])), SourceUnreadable, /no record/],
    ['a column missing', JSON.stringify(lacking), SchemaDrift, /no column "request_date"/],
  ])('(%s) says what was found', async (_what, content, error, message) => {
    await expect(ingest(content)).rejects.toThrow(error);
    await expect(ingest(content)).rejects.toThrow(message);
  });
});
