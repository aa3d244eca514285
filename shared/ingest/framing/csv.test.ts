import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SourceUnreadable } from '../../runtime/errors.ts';
import { maxRecordBytes } from './csv-scanner.ts';
import { frameCsv } from './csv.ts';
import { RecordSpool } from './record-spool.ts';

let directory: string;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'framing-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function frame(source: string | Buffer, chunk = 7) {
  const spool = new RecordSpool(directory);
  const framed = await frameCsv(inChunks(Buffer.from(source), chunk), spool);
  spool.flush();
  const canonical = readFileSync(spool.canonicalPath, 'utf8');
  const diverted = spool.diverted.map(({ ordinal, defects, raw }) => ({
    ordinal,
    defects: defects.join(),
    raw: raw.toString('latin1'),
  }));
  return { spool, headers: framed.headers, canonical, diverted };
}

/** What DuckDB makes of the canonical file: rows without their ordinals. */
async function readBack(path: string, fields: number): Promise<(string | null)[][]> {
  const columns = Array.from({ length: fields }, (_, index) => `'f${index}': 'VARCHAR'`).join(', ');
  const reader = await connection.runAndReadAll(
    `select * exclude (ordinal) from read_csv('${path}', auto_detect = false, header = false, strict_mode = true,
      delim = ',', quote = '"', escape = '"', new_line = '\\n', comment = '', nullstr = '', allow_quoted_nulls = false,
      columns = {'ordinal': 'BIGINT', ${columns}})`,
  );
  return reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
}

describe('a sound file', () => {
  it('numbers its records, whatever their line ends, and leaves header and blank lines out', async () => {
    const { spool, headers, canonical } = await frame('a,b\r\n1,2\n\r\n\n3,4\r\n5,6');
    expect(headers).toEqual(['a', 'b']);
    expect(canonical).toBe('1,1,2\n2,3,4\n3,5,6\n');
    expect(spool.read).toBe(3);
  });

  it('drops a byte-order mark and keeps quoted line ends, commas and quotes', async () => {
    const { headers, canonical } = await frame('\ufeffa,b\n"x\ny","say ""no"", twice"\n');
    expect(headers).toEqual(['a', 'b']);
    expect(canonical).toBe('1,"x\ny","say ""no"", twice"\n');
  });

  it('reads the header cell that is empty', async () => {
    expect((await frame(',call ID\n7,x\n')).headers).toEqual(['', 'call ID']);
  });

  it('lets a quote inside an unquoted field stand for itself, as the engine does', async () => {
    const { spool } = await frame('a,b\n5" pipe,x"y"z\n');
    expect(await readBack(spool.canonicalPath, 2)).toEqual([['5" pipe', 'x"y"z']]);
  });
});

describe('a bad line', () => {
  const cases = [
    { what: 'too few fields', line: 'only one', defects: 'field_count' },
    { what: 'too many fields', line: '1,2,3', defects: 'field_count' },
    { what: 'text after a closing quote', line: '"x"y,2', defects: 'broken_quotes' },
    { what: 'an open quote', line: '"open,2', defects: 'broken_quotes' },
    { what: 'an open quote in the last field', line: '1,"open', defects: 'broken_quotes' },
    { what: 'a NUL', line: '1\0,2', defects: 'nul_byte' },
    { what: 'a bare CR', line: '1\r9,2', defects: 'bare_cr' },
    { what: 'two defects', line: '1\0', defects: 'field_count,nul_byte' },
  ];
  for (const { what, line, defects } of cases)
    for (const position of [0, 1, 2])
      it(`(${what}) at place ${position} is put aside alone`, async () => {
        const lines = ['g1,h1', 'g2,h2'];
        lines.splice(position, 0, line);
        const { diverted, canonical } = await frame(`a,b\n${lines.join('\n')}\n`);
        expect(diverted).toEqual([{ ordinal: position + 1, defects, raw: line }]);
        expect(canonical).toContain(',g1,h1\n');
        expect(canonical).toContain(',g2,h2\n');
      });

  it('(bytes that are no UTF-8) is put aside with its bytes', async () => {
    const source = Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xff, 0xc3]), Buffer.from('\n3,4\n')]);
    const { diverted } = await frame(source);
    expect(diverted).toEqual([{ ordinal: 1, defects: 'invalid_utf8', raw: '1,\xff\xc3' }]);
  });

  it('(an open quote closed by the end of a later line) does not take the lines between', async () => {
    const { diverted, canonical } = await frame('a,b\n"open,1\n2,x\n3,y\n4,close"\n5,z\n');
    expect(diverted.map(({ ordinal }) => ordinal)).toEqual([1]);
    expect(canonical).toContain('2,2,x\n3,3,y\n4,4,close"\n5,5,z\n');
  });

  it('(of two lines and too few fields) stays one record', async () => {
    const { diverted } = await frame('a,b,c\n1,"12 High St\nAustin, TX 12345"\n4,5,6\n');
    expect(diverted.map(({ ordinal, defects }) => [ordinal, defects])).toEqual([[1, 'field_count']]);
  });

  it('(a record over 1 MiB in quotes) gives its lines back', async () => {
    const filler = 'x'.repeat(maxRecordBytes + 10);
    const { diverted, canonical } = await frame(`a,b\n1,"${filler}\n2,y\n`, 65_536);
    expect(diverted.map(({ ordinal, defects }) => [ordinal, defects])).toEqual([[1, 'broken_quotes']]);
    expect(canonical).toBe('2,2,y\n');
  });

  it('(a line over 1 MiB without quotes) is one record', async () => {
    const { diverted, canonical } = await frame(`a,b\n1,${'x'.repeat(9_000_000)}\n2,y\n`, 65_536);
    expect(diverted.map(({ defects }) => defects)).toEqual(['record_too_long']);
    expect(diverted[0]?.raw.length).toBe(65_536);
    expect(canonical).toBe('2,2,y\n');
  });
});

describe('no file at all', () => {
  it.each([
    ['empty', '', /empty/],
    ['blank lines only', '\n\r\n', /empty/],
    ['UTF-16', Buffer.from('\ufeffa,b\n', 'utf16le'), /UTF-16|UTF-8/],
    ['old Macintosh line ends', 'a,b\r1,2\r', /bare CR/],
    ['a broken header', '"a,b\n1,2\n', /header/],
  ])('(%s) says what was found', async (_what, source, message) => {
    await expect(frame(source)).rejects.toThrow(SourceUnreadable);
    await expect(frame(source)).rejects.toThrow(message);
  });
});

const value = fc.oneof(
  fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '\r', '🙂', '|') }),
  fc.constantFrom('', 'plain', '5" pipe', 'City, ST 12345'),
);
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const sound = fc
  .record({
    values: fc.tuple(value, value, value),
    end: fc.constantFrom('\n', '\r\n', '\n\n'),
  })
  .map(({ values, end }) => ({ kind: 'sound' as const, values, text: values.map(quote).join(',') + end }));
const broken = fc
  .constantFrom('short\n', 'a,b,c,d\n', '"x"y,b,c\n', 'a\0,b,c\n', 'a\rb,c,d\r\n')
  .map((text) => ({ kind: 'broken' as const, values: [], text }));

describe('any mixture of sound and broken records', () => {
  it('is read by the engine exactly as written, each broken record apart, at every chunk size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ arbitrary: sound, weight: 4 }, broken), { maxLength: 30 }),
        fc.integer({ min: 1, max: 64 }),
        async (records, chunk) => {
          const { spool, diverted } = await frame(
            `x,y,z\n${records.map(({ text }) => text).join('')}`,
            chunk,
          );
          const expected = records.filter(({ kind }) => kind === 'sound').map(({ values }) => [...values]);
          expect(await readBack(spool.canonicalPath, 3)).toEqual(expected);
          expect(diverted.length).toBe(records.length - expected.length);
          expect(spool.read).toBe(records.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});
