import type { ColumnContract, ValueCheck } from './contract.ts';
import { maxVarcharBytes } from './define.ts';

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as an SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const clockPattern = '([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d';
const offsetPattern = `\\d{4}-\\d{2}-\\d{2}[Tt ]${clockPattern}(\\.\\d{1,9})?([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)`;

/** One thing that may be wrong with a row: its code, and SQL that is true where it is wrong. */
interface Fault {
  readonly code: string;
  readonly condition: string;
}

/**
 * DuckDB SQL that is true where a row is to be rejected. Expects the columns under their conformed names, all text, and
 * `_unmapped`.
 */
export const isRejectedSql = (columns: readonly ColumnContract[]): string =>
  `(${faultsOf(columns)
    .map(({ condition }) => condition)
    .join(' or ')})`;

/** DuckDB SQL for every reason why a row is rejected: codes like `missing_value:call_id`, joined by commas. */
export const rejectReasonsSql = (columns: readonly ColumnContract[]): string =>
  `concat_ws(',', ${faultsOf(columns)
    .map(({ code, condition }) => `case when ${condition} then ${literal(code)} end`)
    .join(', ')})`;

const faultsOf = (columns: readonly ColumnContract[]): Fault[] => [
  ...columns.flatMap(columnFaults),
  { code: 'too_long:_unmapped', condition: `coalesce(strlen(_unmapped) > ${maxVarcharBytes}, false)` },
];

function columnFaults({ name, check, maxBytes, valueRequired }: ColumnContract): Fault[] {
  const value = identifier(name);
  const fault = (code: string, condition: string): Fault => ({ code: `${code}:${name}`, condition });
  const faults = [fault('too_long', `coalesce(strlen(${value}) > ${maxBytes}, false)`)];
  if (valueRequired) faults.push(fault('missing_value', isEmptySql(value)));
  const holds = checkSql(value, check);
  // Most values hold, so only those that do not are looked at for being empty.
  if (holds !== undefined)
    faults.push(
      fault(faultCodes[check.type], `case when ${holds} then false else not ${isEmptySql(value)} end`),
    );
  return faults;
}

/** SQL that is true where there is nothing but blanks; trimming is slow, so only what begins with one is trimmed. */
const isEmptySql = (value: string): string =>
  `(case when ${value} <> '' and not starts_with(${value}, ' ') then false else trim(coalesce(${value}, '')) = '' end)`;

/** SQL of an identifier without the blanks around it. */
export const trimmedSql = (value: string): string =>
  `case when starts_with(${value}, ' ') or ends_with(${value}, ' ') then trim(${value}) else ${value} end`;

const faultCodes: Readonly<Record<ValueCheck['type'], string>> = {
  text: 'malformed',
  identifier: 'malformed',
  pattern: 'malformed',
  date: 'not_a_date',
  timestamp: 'not_a_timestamp',
  offset_timestamp: 'not_a_timestamp',
};

/** There is no year 0. */
const hasYear = (value: string): string => `${value} >= '0001'`;

/** SQL that is true where a value passes. Text that survives a cast and back is a real date in its one spelling. */
function checkSql(value: string, check: ValueCheck): string | undefined {
  switch (check.type) {
    case 'text':
      return undefined;
    case 'identifier':
      return `regexp_full_match(${value}, ' *[^\\s]+ *')`;
    case 'pattern':
      return `regexp_full_match(${value}, ${literal(check.expression)})`;
    case 'date':
      return `cast(try_cast(${value} as date) as varchar) = ${value} and strlen(${value}) = 10 and ${hasYear(value)}`;
    case 'timestamp':
      return `cast(try_cast(${value} as timestamp) as varchar) = ${value} and strlen(${value}) = 19 and ${hasYear(value)}`;
    case 'offset_timestamp':
      return `regexp_full_match(${value}, ${literal(offsetPattern)})
        and cast(try_cast(left(${value}, 10) as date) as varchar) = left(${value}, 10)
        and ${hasYear(value)}`;
  }
}
