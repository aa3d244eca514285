import type { DuckDBConnection } from '@duckdb/node-api';
import { stripComments } from './sql-text.ts';

export interface TableColumn {
  readonly name: string;
  /** DuckDB's name of the type */
  readonly type: string;
  /** n of `varchar(n)`, which DuckDB's own catalog does not keep; null where there is none */
  readonly maxBytes: number | null;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Columns of a table in order; none when there is no such table. */
export async function columnsOf(
  connection: DuckDBConnection,
  schema: string,
  table: string,
): Promise<TableColumn[]> {
  const reader = await connection.runAndReadAll(
    `select column_name, data_type, comment from duckdb_columns()
     where schema_name = $schema and table_name = $table order by column_index`,
    { schema, table },
  );
  return reader.getRowsJS().map(([name, type, comment]) => {
    const width = /^varchar\((\d+)\)$/.exec(textOf(comment))?.[1];
    return { name: textOf(name), type: textOf(type), maxBytes: width === undefined ? null : Number(width) };
  });
}

/**
 * Keeps the widths that a `CREATE TABLE` or `ALTER TABLE … ADD COLUMN` declares as comments on the columns, for
 * COPY to check; DuckDB takes `varchar(n)` and forgets n.
 */
export async function rememberWidths(connection: DuckDBConnection, sql: string): Promise<void> {
  const text = stripComments(sql);
  const table =
    /^create\s+table\s+(?:if\s+not\s+exists\s+)?([\w.]+)\s*\(/i.exec(text)?.[1] ??
    /^alter\s+table\s+([\w.]+)\s+add\s+(?:column\s+)?\w/i.exec(text)?.[1];
  if (table === undefined) return;
  const [schema, name] = table.includes('.') ? table.split('.', 2) : ['main', table];
  const columns = await columnsOf(connection, schema ?? '', name ?? '');
  const withoutWidth = new Set(
    columns.filter(({ maxBytes }) => maxBytes === null).map((column) => column.name),
  );
  for (const [, column, width] of text.matchAll(/\b(\w+)\s+varchar\s*\(\s*(\d+)\s*\)/gi)) {
    if (column === undefined || !withoutWidth.has(column)) continue;
    await connection.run(`comment on column ${table}.${column} is 'varchar(${width})'`);
  }
}
