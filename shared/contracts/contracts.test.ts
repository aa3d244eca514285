import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCalendarDate } from '../ingest/request.ts';
import { SchemaDrift } from '../runtime/errors.ts';
import { isRejectedSql, literal, rejectReasonsSql } from './compile-checks.ts';
import type { ValueCheck } from './contract.ts';
import { column, defineContract, exportIndexColumn, keyColumn, optionalColumn } from './define.ts';
import { matchColumns } from './match-columns.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

/** Reasons against each value of one column with this check. */
async function reasonsFor(values: readonly (string | null)[], check: ValueCheck): Promise<string[]> {
  const columns = [column('v', { headers: ['v'], description: 'Value.', check, maxBytes: 64 })];
  const rows = values
    .map((value, index) => `(${index}, ${value === null ? 'null' : literal(value)})`)
    .join(', ');
  const reader = await connection.runAndReadAll(
    `select ${rejectReasonsSql(columns)} as reasons, ${isRejectedSql(columns)} as is_rejected
      from (select i, cast(v as varchar) as v, cast(null as varchar) as _unmapped from (values ${rows}) t(i, v)) order by i`,
  );
  return reader.getRowObjects().map((row) => {
    expect(row.is_rejected).toBe(row.reasons !== '');
    return String(row.reasons);
  });
}

describe('the checks of a contract, as SQL', () => {
  it('accept a date in its one spelling only, and no value at all', async () => {
    const good = [null, '', '  ', '2024-02-29', '0001-01-01', '9999-12-31'];
    const bad = [
      '2025-02-29',
      '2025-2-1',
      '2025/02/01',
      ' 2025-02-01',
      '2025-02-01 ',
      '2025-02-01 00:00:00',
      'today',
      'infinity',
      '2025-02-30',
      '20250201',
      'epoch',
      '0000-01-01',
    ];
    expect(await reasonsFor(good, { type: 'date' })).toEqual(good.map(() => ''));
    expect(await reasonsFor(bad, { type: 'date' })).toEqual(bad.map(() => 'not_a_date:v'));
  });

  it('accept a time in its one spelling only', async () => {
    const good = ['2025-02-01 00:00:00', '2025-12-31 23:59:59'];
    const bad = [
      '2025-02-01',
      '2025-02-30 10:00:00',
      '2025-02-01 24:00:00',
      '2025-02-01 10:00:60',
      '2025-02-01T10:00:00',
      '2025-02-01 10:00:00.5',
      '2025-02-01 10:00:00Z',
      '2025-02-01 10:00',
    ];
    expect(await reasonsFor(good, { type: 'timestamp' })).toEqual(good.map(() => ''));
    expect(await reasonsFor(bad, { type: 'timestamp' })).toEqual(bad.map(() => 'not_a_timestamp:v'));
  });

  it('accept a time with offset as RFC 3339 has it', async () => {
    const good = ['2025-02-01T10:00:00Z', '2025-02-01T10:00:00.123456-05:30', '2025-02-01t10:00:00z'];
    const bad = [
      '2025-02-01T10:00:00',
      '2025-02-30T10:00:00Z',
      '2025-02-01T25:00:00Z',
      '2025-02-01T10:00:00+25:00',
      '20 Nov',
    ];
    expect(await reasonsFor(good, { type: 'offset_timestamp' })).toEqual(good.map(() => ''));
    expect(await reasonsFor(bad, { type: 'offset_timestamp' })).toEqual(bad.map(() => 'not_a_timestamp:v'));
  });

  it('agree with the calendar on any date-like text', async () => {
    const part = fc.integer({ min: 0, max: 40 }).map((value) => String(value).padStart(2, '0'));
    const dates = fc
      .tuple(fc.constantFrom('1999', '2000', '2024', '2025', '1900'), part, part)
      .map((parts) => parts.join('-'));
    await fc.assert(
      fc.asyncProperty(fc.array(dates, { minLength: 1, maxLength: 200 }), async (values) => {
        const reasons = await reasonsFor(values, { type: 'date' });
        expect(reasons.map((reason) => reason === '')).toEqual(values.map(isCalendarDate));
      }),
      { numRuns: 20 },
    );
  });

  it('count bytes, not characters', async () => {
    expect(await reasonsFor(['é'.repeat(32), 'é'.repeat(33)], { type: 'text' })).toEqual(['', 'too_long:v']);
  });

  it('let an identifier have blanks around it, not inside', async () => {
    const values = ['a-1', ' a-1  ', 'a 1', 'a\t1', 'a\n', '\u00a0'];
    expect(await reasonsFor(values, { type: 'identifier' })).toEqual([
      '',
      '',
      'malformed:v',
      'malformed:v',
      'malformed:v',
      '',
    ]);
  });
});

const contract = defineContract({
  source: 'visits',
  description: 'visits',
  version: 1,
  cadence: 'daily',
  key: 'id',
  columns: [
    exportIndexColumn('source_index', { headers: ['', 'Column1'], description: 'Index.' }),
    keyColumn('id', { headers: ['iD'], description: 'Id.' }),
    column('name', { headers: ['NamE'], description: 'Name.' }),
    optionalColumn('phone', { headers: ['phone'], description: 'Phone.' }),
  ],
});

describe('the columns of a source', () => {
  it('are found in any order; unknown ones are kept apart', () => {
    const { matches, unknownHeaders } = matchColumns(contract, ['NamE', 'mood', 'iD', 'Column1']);
    expect(matches.map(({ header }) => header)).toEqual(['Column1', 'iD', 'NamE', null]);
    expect(unknownHeaders).toEqual(['mood']);
  });

  it.each([
    [['', 'id', 'NamE'], 'no column "iD" (found "id")'],
    [['iD', 'NamE', 'NamE'], 'the column "NamE'],
    [['', 'Column1', 'iD', 'NamE'], '"source_index" twice'],
    [['Ann', 'ann@example.com'], 'header line missing'],
  ])('%j drift, with the difference', (headers, message) => {
    expect(() => matchColumns(contract, headers)).toThrow(SchemaDrift);
    expect(() => matchColumns(contract, headers)).toThrow(message);
    expect(() => matchColumns(contract, headers)).not.toThrow(/example\.com/);
  });

  it('cannot be defined to contradict themselves', () => {
    const twice = column('a', { headers: ['x'], description: 'A.' });
    const define = () => defineContract({ ...contract, columns: [twice, twice], key: 'b' });
    expect(define).toThrow(
      'column a is defined twice; header "x" belongs to two columns; the key b is no column',
    );
  });
});
