import type { ColumnMetadata, Field } from '@aws-sdk/client-redshift-data';

export type Value = string | number | boolean | null;

/** A row of a result by column name. */
export type Row = Readonly<Record<string, Value>>;

export function readRecords(
  columns: readonly ColumnMetadata[],
  records: readonly (readonly Field[])[],
): Row[] {
  return records.map((record) =>
    Object.fromEntries(columns.map(({ name }, index) => [name ?? String(index), valueOf(record[index])])),
  );
}

function valueOf(field: Field | undefined): Value {
  if (field === undefined || field.isNull === true) return null;
  return field.stringValue ?? field.longValue ?? field.doubleValue ?? field.booleanValue ?? null;
}

/** A number column, or null. Decimals arrive as text. */
export function numberIn(row: Row | undefined, column: string): number | null {
  const value = row?.[column] ?? null;
  if (value === null) return null;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${column} is not an integer`);
  return number;
}

/** A text column, or null. */
export function textIn(row: Row | undefined, column: string): string | null {
  const value = row?.[column] ?? null;
  return value === null ? null : String(value);
}
