import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { column, defineContract, keyColumn } from '../../contracts/define.ts';
import { SourceUnreadable } from '../../runtime/errors.ts';
import { maxRecordBytes } from './csv-scanner.ts';
import { frameJsonColumns } from './json-columns.ts';
import { frameJsonRecords } from './json-records.ts';
import { maxRawBytes, RecordSpool } from './record-spool.ts';

const { columns } = defineContract({
  source: 'visits',
  description: 'visits to a shop',
  version: 1,
  cadence: 'daily',
  key: 'id',
  columns: [
    keyColumn('id', { headers: ['id'], description: 'The visit.' }),
    column('note', { headers: ['note'], description: 'A note.' }),
  ],
});

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'framing-json-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function frame(source: string, chunk = 7) {
  const spool = new RecordSpool(directory);
  await frameJsonRecords(inChunks(Buffer.from(source), chunk), spool, columns);
  spool.flush();
  const diverted = spool.diverted.map(({ ordinal, defects, raw }) => ({
    ordinal,
    defects: defects.join(),
    bytes: raw.length,
  }));
  return { accepted: spool.accepted.count, diverted };
}

describe('JSON records', () => {
  it('are told from an array without any, and from text without an object', async () => {
    for (const empty of ['[]', ' [ ]\n\n'])
      await expect(frame(empty)).rejects.toThrow(
        new SourceUnreadable('the JSON array is empty: it has no record'),
      );
    for (const other of ['[1, 2]', '<html>', 'null', '5\n6\n', '"text"'])
      await expect(frame(other)).rejects.toThrow(/neither a JSON array of objects nor JSON Lines/);
  });

  it('survive a bad first line', async () => {
    expect(await frame('oops\n{"id": "a"}\n{"id": "b"}')).toEqual({
      accepted: 2,
      diverted: [{ ordinal: 1, defects: 'invalid_json', bytes: 4 }],
    });
    await expect(frame('oops\n{"id": "a"}\n{"id": ')).rejects.toThrow(/cut off/);
  });

  it.each([64 * 1024, 1 << 20, 8 << 20])(
    'put aside an element that is too long, in chunks of %i',
    async (chunk) => {
      const long = `{"id": "long", "note": "${'é'.repeat(maxRecordBytes)}"}`;
      const whole = `[{"id": "a"}, ${long}, {"id": "b"}, ${long}\n]`;
      const { accepted, diverted } = await frame(whole, chunk);
      expect(accepted).toBe(2);
      expect(diverted).toEqual([
        { ordinal: 2, defects: 'record_too_long', bytes: maxRawBytes },
        { ordinal: 4, defects: 'record_too_long', bytes: maxRawBytes },
      ]);
    },
  );
});

describe('a JSON object of columns', () => {
  it('without a column is no header', async () => {
    const framing = frameJsonColumns(inChunks(Buffer.from('{}'), 7), new RecordSpool(directory));
    await expect(framing).rejects.toThrow(new SourceUnreadable('the JSON object is empty: it has no column'));
  });
});
