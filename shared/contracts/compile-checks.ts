import type { ColumnContract } from './contract.ts';
import { maxVarcharBytes } from './define.ts';

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as an SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const datePattern = '\\d{4}-\\d{2}-\\d{2}';
const clockPattern = '([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d';
const offsetPattern = `${datePattern}[Tt ]${clockPattern}(\\.\\d{1,9})?([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)`;

/**
 * DuckDB SQL for the reasons why a row is rejected: a text of codes like `missing_value:call_id`, joined by commas;
 * empty where the row is sound. Expects the columns under their conformed names, all text, and `_unmapped`.
 */
export function rejectReasonsSql(columns: readonly ColumnContract[]): string {
  const cases = columns.flatMap(columnCases);
  const unmapped = `case when strlen(_unmapped) > ${maxVarcharBytes} then 'too_long:_unmapped' end`;
  return `concat_ws(',', ${[...cases, unmapped].join(', ')})`;
}

function columnCases(column: ColumnContract): string[] {
  const name = identifier(column.name);
  const reason = (code: string): string => literal(`${code}:${column.name}`);
  const hasValue = `trim(coalesce(${name}, '')) <> ''`;
  const cases = [`case when strlen(${name}) > ${column.maxBytes} then ${reason('too_long')} end`];
  if (column.valueRequired) cases.push(`case when not ${hasValue} then ${reason('missing_value')} end`);
  const failure = failedCheck(column);
  if (failure !== undefined)
    cases.push(
      `case when ${hasValue} and not coalesce(${failure.holds}, false) then ${reason(failure.code)} end`,
    );
  return cases;
}

function failedCheck({ name, check }: ColumnContract): { code: string; holds: string } | undefined {
  const value = identifier(name);
  const matches = (pattern: string): string => `regexp_full_match(${value}, ${literal(pattern)})`;
  switch (check.type) {
    case 'text':
      return undefined;
    case 'pattern':
      return { code: 'malformed', holds: matches(check.expression) };
    case 'date':
      return {
        code: 'not_a_date',
        holds: `${matches(datePattern)} and try_cast(${value} as date) is not null`,
      };
    case 'timestamp':
      return {
        code: 'not_a_timestamp',
        holds: `${matches(`${datePattern} ${clockPattern}`)} and try_cast(${value} as timestamp) is not null`,
      };
    case 'offset_timestamp':
      return {
        code: 'not_a_timestamp',
        holds: `${matches(offsetPattern)} and try_cast(left(${value}, 10) as date) is not null`,
      };
  }
}
