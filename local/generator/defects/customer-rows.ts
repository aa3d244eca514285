import type { Customer, CustomerBook } from '../people/customers.ts';
import { SENTINELS, sentinelIndex } from '../people/sentinels.ts';
import type { Random } from '../random/random.ts';
import { TOO_LARGE } from './complaint-rows.ts';
import { csvLine, csvLineFactories, goodLineFactories, type FreshRow } from './csv-lines.ts';
import type { DefectKind } from './kinds.ts';
import { DEDUPLICATED, LOADED, QUARANTINED, type Factories, type Factory, type Plant } from './plant.ts';

/** Places of the columns. */
const COLUMN = { id: 0, name: 1, gender: 2, born: 3, signedUp: 4, email: 5, address: 6 } as const;
const IMPOSSIBLE_DATES = ['1985-02-30', '2015-13-01', '1970-06-31', '04/05/1991', 'unknown'] as const;
const STRANGERS = 1_000_000_000;

export interface CustomerDefectSettings {
  readonly book: CustomerBook;
  readonly random: Random;
  /** The columns of a customer, in the file's order. */
  readonly fields: (customer: Customer) => string[];
}

const withField = (fields: readonly string[], column: number, value: string): string[] =>
  fields.map((field, i) => (i === column ? value : field));

/**
 * Defects of the customers file. Customers who complain are drawn from all of them, so no ordinary customer may be
 * lost: rejected rows are strangers or copies, and odd but good rows stand in place of ordinary ones.
 */
export function customerFactories({ book, random, fields }: CustomerDefectSettings): Factories<string> {
  const taken = new Set<number>(SENTINELS.map((_, slot) => sentinelIndex(slot, book.count)));
  const rowOf = (index: number): FreshRow => {
    const customer = book.customerAt(index);
    return { fields: fields(customer), id: customer.id };
  };
  const stranger = (): FreshRow => rowOf(book.count + random.below(STRANGERS));
  /** Number of an ordinary customer that no plant has touched yet: the wanted one or one behind it. */
  const untouched = (wanted: number): number => {
    let index = Math.min(wanted, book.count - 1);
    while (taken.has(index)) index = (index + 1) % book.count;
    taken.add(index);
    return index;
  };
  const rejected =
    (kind: DefectKind, change: (values: readonly string[], variant: number) => string[]): Factory<string> =>
    ({ position, variant }) => {
      const values = change(stranger().fields, variant);
      const id = values[COLUMN.id] ?? '';
      const row = csvLine(values);
      return [{ position, plant: { kind, row, accounts: QUARANTINED, id: id === '' ? null : id } }];
    };

  return {
    ...csvLineFactories({ fresh: stranger, textColumn: COLUMN.name, multiLineColumn: COLUMN.address }),
    missing_key: rejected('missing_key', (values) => withField(values, COLUMN.id, '')),
    impossible_date: rejected('impossible_date', (values, variant) => {
      const column = variant % 2 === 0 ? COLUMN.born : COLUMN.signedUp;
      return withField(values, column, IMPOSSIBLE_DATES[variant % IMPOSSIBLE_DATES.length] ?? 'unknown');
    }),
    value_too_large: rejected('value_too_large', (values) => withField(values, COLUMN.name, TOO_LARGE)),
    ...inPlaceFactories(rowOf, untouched),
    ...copyFactories(rowOf, (rows) => untouched(random.below(rows))),
  };
}

/** Odd but good rows, in place of the ordinary row of the same customer. */
function inPlaceFactories(
  rowOf: (index: number) => FreshRow,
  untouched: (wanted: number) => number,
): Factories<string> {
  const odd =
    (
      kind: DefectKind,
      change: (field: string, column: number) => string,
      more: Partial<Plant<string>> = {},
    ): Factory<string> =>
    ({ position }) => {
      const { fields, id } = rowOf(position);
      const plant = {
        kind,
        row: csvLine(fields.map(change)),
        accounts: LOADED,
        id,
        replacesBase: true,
        ...more,
      };
      return [{ position, plant }];
    };
  const factories: Factories<string> = {
    ...goodLineFactories(rowOf, true),
    crlf_in_quotes: odd('crlf_in_quotes', (field) => field.replace('\n', '\r\n')),
    unknown_gender: odd('unknown_gender', (field, column) => (column === COLUMN.gender ? 'X' : field), {
      unknown: { column: 'gender', value: 'X' },
    }),
  };
  const inPlace =
    (make: Factory<string> | undefined): Factory<string> =>
    (site) =>
      make?.({ ...site, position: untouched(site.position) }) ?? [];
  return {
    mixed_line_ends: inPlace(factories.mixed_line_ends),
    quoted_fields: inPlace(factories.quoted_fields),
    crlf_in_quotes: inPlace(factories.crlf_in_quotes),
    unknown_gender: inPlace(factories.unknown_gender),
  };
}

/** Copies of ordinary rows, before or behind them. */
function copyFactories(
  rowOf: (index: number) => FreshRow,
  drawIndex: (rows: number) => number,
): Factories<string> {
  return {
    duplicate: ({ position, rows }) => {
      const { fields, id } = rowOf(drawIndex(rows));
      return [{ position, plant: { kind: 'duplicate', row: csvLine(fields), accounts: DEDUPLICATED, id } }];
    },
    conflict: ({ position, rows }) => {
      const index = drawIndex(rows);
      const { fields, id } = rowOf(index);
      const email = `conflict.${index}@example.org`;
      const row = csvLine(withField(fields, COLUMN.email, email));
      const detail = { winner_email: index < position ? email : (fields[COLUMN.email] ?? '') };
      return [{ position, plant: { kind: 'conflict', row, accounts: QUARANTINED, id, detail } }];
    },
  };
}
