import { describe, expect, it } from 'vitest';
import { bigDecimal, date, integer, name, plainText, text, timestamp } from './sql.ts';

describe('text in SQL', () => {
  it('means the same whether a backslash escapes (Redshift) or not (DuckDB)', () => {
    expect(text("it's")).toBe("'it''s'");
    expect(text('a\\b')).toBe("'a' || chr(92) || 'b'");
    expect(text("\\'; drop table x; --")).toBe("'' || chr(92) || '''; drop table x; --'");
  });

  it('refuses NUL', () => {
    expect(() => text('a\0b')).toThrow(RangeError);
  });
});

describe('values that do not look as they must', () => {
  it.each([
    ['a name with blanks', () => name('a b')],
    ['a name with a quote', () => name('a"b')],
    ['a name in capitals', () => name('Source')],
    ['an address with a quote', () => plainText("s3://bucket/a'b")],
    ['an address with a blank', () => plainText('s3://bucket/a b')],
    ['a fraction', () => integer(1.5)],
    ['not a number', () => integer(Number.NaN)],
    ['a decimal in exponents', () => bigDecimal('1e9')],
    ['a decimal of 39 digits', () => bigDecimal('1'.repeat(39))],
    ['another date format', () => date('20.11.2025')],
    ['an invalid moment', () => timestamp(new Date('never'))],
  ])('are refused: %s', (_, build) => {
    expect(build).toThrow(RangeError);
  });
});

describe('values that do', () => {
  it('are written out', () => {
    expect(name('_load_id')).toBe('_load_id');
    expect(plainText('arn:aws:iam::000000000000:role/copy')).toBe("'arn:aws:iam::000000000000:role/copy'");
    expect(integer(-1)).toBe('-1');
    expect(bigDecimal('12')).toBe('cast(12 as decimal(38, 0))');
    expect(date('2025-11-20')).toBe("cast('2025-11-20' as date)");
    expect(timestamp(new Date('2025-11-20T01:02:03.004Z'))).toBe(
      "cast('2025-11-20 01:02:03.004' as timestamp)",
    );
  });
});
