/**
 * Values as SQL text. The Data API has named parameters, but COPY takes none, and a batch with parameters may read
 * `:name` inside a quoted address; so statements are built of literals that are checked here, and parameters are
 * left to what must not appear in SQL text.
 */

const identifier = /^[a-z_][a-z0-9_]{0,126}$/;

/** A name of ours (lower_snake_case), as it stands. */
export function name(text: string): string {
  if (!identifier.test(text)) throw new RangeError('not a name that may appear in SQL');
  return text;
}

/**
 * A text literal that means the same to Redshift (where a backslash escapes) and DuckDB (where it does not):
 * quotes are doubled, backslashes written as `chr(92)`.
 */
export function text(value: string): string {
  if (value.includes('\0')) throw new RangeError('text for SQL must not hold NUL');
  return value
    .split('\\')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(92) || ');
}

/** Text that is part of a statement where no expression is allowed: an address or a role. */
export function plainText(value: string): string {
  if (!/^[\w./:=+@,-]+$/.test(value)) throw new RangeError('not an address that may appear in SQL');
  return `'${value}'`;
}

export function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError('not an integer');
  return String(value);
}

/** A `decimal(38, 0)` given as decimal text, since it may exceed what a number holds. */
export function bigDecimal(digits: string): string {
  if (!/^\d{1,38}$/.test(digits)) throw new RangeError('not a decimal number of up to 38 digits');
  return `cast(${digits} as decimal(38, 0))`;
}

/** `YYYY-MM-DD` */
export function date(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new RangeError('not a date');
  return `cast('${value}' as date)`;
}

/** A moment in UTC, as a timestamp without zone. */
export function timestamp(moment: Date): string {
  return `cast('${moment.toISOString().replace('T', ' ').replace('Z', '')}' as timestamp)`;
}
