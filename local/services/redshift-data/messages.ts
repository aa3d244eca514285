/** An error with the text that Redshift would report for it. */
export class StatementError extends Error {}

/** DuckDB's wording and the Redshift wording that stands for it; `$1` is the first group. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [
    /^Conversion Error: Could not convert string '([^']*)' to U?INT\d+/,
    'invalid input syntax for integer: "$1"',
  ],
  [/^Catalog Error: Table with name "?([\w.]+)"? does not exist/, 'relation "$1" does not exist'],
  [/^(?:Catalog|Binder) Error: Schema with name "?(\w+)"? does not exist/, 'schema "$1" does not exist'],
  [/^Catalog Error: Table with name "?(\w+)"? already exists/, 'Relation "$1" already exists'],
  [/^Binder Error: Referenced column "([^"]+)" not found/, 'column "$1" does not exist'],
  [/^Constraint Error: NOT NULL constraint failed: \w+\.(\w+)/, 'Cannot insert a NULL value into column $1'],
  [/^Parser Error: (syntax error at or near "[^"]*")/, '$1'],
  [/^INTERRUPT Error/, "Query cancelled on user's request"],
];

/** The text of `Error` that the Data API would carry. */
export function redshiftMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof StatementError) return text;
  const firstLine = text.split('\n', 1)[0] ?? '';
  for (const [pattern, wording] of wordings) {
    const match = pattern.exec(firstLine);
    if (match !== null) return `ERROR: ${wording.replace('$1', () => match[1] ?? '')}`;
  }
  return `ERROR: ${firstLine.replace(/^[A-Za-z ]+ Error: /, '')}`;
}
