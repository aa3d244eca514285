import {
  LOADED,
  NOTHING,
  QUARANTINED,
  QUARANTINED_TWICE,
  type Factories,
  type Factory,
  type Plant,
} from './plant.ts';

/** Bytes that are no UTF-8: stray, truncated, overlong, a surrogate, beyond U+10FFFF. */
export const INVALID_UTF8 = [
  '\xff',
  '\xc3(',
  '\xc0\xaf',
  '\xed\xa0\x80',
  '\xf5\x80\x80\x80',
  '\xe2\x82',
] as const;

/** A row as fields, not yet quoted. */
export interface FreshRow {
  readonly fields: readonly string[];
  readonly id: string;
}

export interface CsvLineSettings {
  /** A new, valid row; its content occurs nowhere else in the file. */
  readonly fresh: (position: number) => FreshRow;
  /** Column whose value is damaged; it must hold plain text of two characters or more. */
  readonly textColumn: number;
  /** A column with a line break inside quotes, if the source has one: then broken rows leave two lines. */
  readonly multiLineColumn?: number;
}

const NEEDS_QUOTES = /[",\r\n]/u;

export function quoted(value: string): string {
  return value.includes('"') ? `"${value.replaceAll('"', '""')}"` : `"${value}"`;
}

/** Fields as a CSV line, quoted only where needed. */
export function csvLine(fields: readonly string[]): string {
  return fields.map((field) => (NEEDS_QUOTES.test(field) ? quoted(field) : field)).join(',');
}

/** The same line with one field already rendered, so that it may be rendered wrongly. */
function lineWith(fields: readonly string[], column: number, rendered: string): string {
  return fields
    .map((field, i) => (i === column ? rendered : NEEDS_QUOTES.test(field) ? quoted(field) : field))
    .join(',');
}

/** Line-level defects of CSV: what breaks parsers. All but blank lines and good rows in bad company are rejected. */
export function csvLineFactories(settings: CsvLineSettings): Factories<string> {
  const { fresh, textColumn, multiLineColumn } = settings;
  const one =
    (make: (row: FreshRow, variant: number) => Omit<Plant<string>, 'id' | 'accounts'>): Factory<string> =>
    ({ position, variant }) => {
      const row = fresh(position);
      return [{ position, plant: { id: row.id, accounts: QUARANTINED, ...make(row, variant) } }];
    };
  const damaged = (row: FreshRow, damage: string): { row: string; focus: number } => {
    const value = row.fields[textColumn] ?? '';
    const line = lineWith(row.fields, textColumn, `${value.slice(0, 2)}${damage}${value.slice(2)}`);
    return { row: line, focus: line.indexOf(damage) };
  };
  return {
    short_line: one(({ fields }) => ({ kind: 'short_line', row: csvLine(fields.slice(0, -2)) })),
    long_line: one(({ fields }) => ({ kind: 'long_line', row: csvLine([...fields, 'surplus', '1']) })),
    nul_byte: one((row) => ({ kind: 'nul_byte', ...damaged(row, '\0') })),
    bare_cr: one((row) => ({ kind: 'bare_cr', ...damaged(row, '\r') })),
    invalid_utf8: one((row, variant) => ({
      kind: 'invalid_utf8',
      ...damaged(row, INVALID_UTF8[variant % INVALID_UTF8.length] ?? '\xff'),
    })),
    ...quoteFactories(fresh, multiLineColumn ?? textColumn, multiLineColumn !== undefined),
    blank_line: blankLine,
  };
}

/**
 * Quotes gone wrong. Where the damaged value has two lines, the second one is a record of its own, and a short one:
 * two records are lost, and not one good row.
 */
function quoteFactories(
  fresh: CsvLineSettings['fresh'],
  column: number,
  isMultiLine: boolean,
): Factories<string> {
  const accounts = isMultiLine ? QUARANTINED_TWICE : QUARANTINED;
  return {
    broken_line: ({ position }) => {
      const { fields, id } = fresh(position);
      const [first = '', ...rest] = (fields[column] ?? '').split('\n');
      const row = lineWith(fields, column, [`"${first}"${first.slice(0, 3)}`, ...rest].join('\n'));
      return [
        {
          position,
          plant: {
            kind: 'broken_line',
            row,
            accounts,
            id,
            focus: row.indexOf(`"${first}"`) + first.length + 1,
          },
        },
      ];
    },
    unclosed_quote: ({ position }) => {
      const { fields, id } = fresh(position);
      const row = lineWith(fields, column, `"${fields[column] ?? ''}`);
      return [{ position, plant: { kind: 'unclosed_quote', row, accounts, id, focus: row.indexOf('"') } }];
    },
  };
}

export const blankLine: Factory<string> = ({ position, variant }) => {
  const plant: Plant<string> = { kind: 'blank_line', row: '', accounts: NOTHING, id: null, focus: 0 };
  return [{ position, plant: variant % 2 === 0 ? plant : { ...plant, lineEnd: '\r\n' } }];
};

/** A good row that ends in CR LF, and one that quotes every field. Both are loaded like any other. */
export function goodLineFactories(fresh: CsvLineSettings['fresh'], isBase: boolean): Factories<string> {
  const common = isBase ? { accounts: LOADED, replacesBase: true } : { accounts: LOADED };
  return {
    mixed_line_ends: ({ position }) => {
      const { fields, id } = fresh(position);
      const row = csvLine(fields);
      return [
        {
          position,
          plant: { kind: 'mixed_line_ends', row, lineEnd: '\r\n', id, focus: row.length, ...common },
        },
      ];
    },
    quoted_fields: ({ position }) => {
      const { fields, id } = fresh(position);
      return [
        { position, plant: { kind: 'quoted_fields', row: fields.map(quoted).join(','), id, ...common } },
      ];
    },
  };
}

/** A good last row without line end. */
export function bareLine({ fields, id }: FreshRow): Plant<string> {
  return { kind: 'no_final_newline', row: csvLine(fields), accounts: LOADED, id, lineEnd: '' };
}
