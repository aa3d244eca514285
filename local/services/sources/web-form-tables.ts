import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { isObject, listAt, numberAt, parseJson, textAt } from '../json.ts';
import { WEB_FORMS_SCHEMA } from '../names.ts';
import { tableName } from '../postgres/access.ts';
import { type CsvRows, type UnreadableLine, readCsv } from './csv-rows.ts';

export interface StagedTable {
  readonly table: string;
  readonly rows: number;
  readonly isChanged: boolean;
  readonly problems: readonly UnreadableLine[];
}

/** What is remembered of a staged file, as the table's comment. */
interface Origin {
  readonly sha256: string;
  readonly rows: number;
  readonly problems: readonly UnreadableLine[];
}

const CHUNK_CHARACTERS = 256 * 1024;
/** Problems kept of one file; their number is what matters beyond that. */
const MAX_PROBLEMS = 1000;

/**
 * Makes a table of a CSV file: every column text, named as the header says, rows in file order, an empty value ''.
 * A column without a name becomes `Column<n>`, as in the company's own tables. A table whose file has not changed is
 * left alone; otherwise it is replaced in one transaction. An empty file becomes a table without columns.
 */
export async function stageTable(client: pg.Client, table: string, file: string): Promise<StagedTable> {
  const bytes = await readFile(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = await originOf(client, table);
  if (known?.sha256 === sha256)
    return { table, rows: known.rows, isChanged: false, problems: known.problems };

  await client.query('begin');
  try {
    const csv = readCsv(bytes, { sameWidth: true });
    const name = tableName(client, table);
    const columns = columnNames(csv.header).map((column) => `${client.escapeIdentifier(column)} text`);
    await client.query(`drop table if exists ${name}; create table ${name} (${columns.join(', ')})`);
    const rows = columns.length === 0 ? 0 : await copyRows(client, name, csv);
    const origin: Origin = { sha256, rows, problems: csv.problems.slice(0, MAX_PROBLEMS) };
    await client.query(`comment on table ${name} is ${client.escapeLiteral(JSON.stringify(origin))}`);
    await client.query('commit');
    return { table, rows, isChanged: true, problems: origin.problems };
  } catch (error) {
    await client.query('rollback');
    throw new Error(`${file} cannot be made a table: ${sqlState(error)}`);
  }
}

/** Drops the staged tables that are not wanted any more and answers their names. */
export async function dropOtherTables(client: pg.Client, wanted: readonly string[]): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = $1 and tablename <> all ($2)',
    [WEB_FORMS_SCHEMA, wanted],
  );
  for (const { name } of found.rows) await client.query(`drop table ${tableName(client, name)}`);
  return found.rows.map(({ name }) => name);
}

async function copyRows(client: pg.Client, name: string, csv: CsvRows): Promise<number> {
  let rows = 0;
  function* chunks() {
    let chunk = '';
    for (const row of csv.rows) {
      chunk += `${row.map(copyText).join('\t')}\n`;
      rows += 1;
      if (chunk.length > CHUNK_CHARACTERS) {
        yield Buffer.from(chunk);
        chunk = '';
      }
    }
    yield Buffer.from(chunk);
  }
  await pipeline(Readable.from(chunks()), client.query(copyFrom(`copy ${name} from stdin`)));
  return rows;
}

const COPY_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** PostgreSQL's text format: https://www.postgresql.org/docs/18/sql-copy.html#id-1.9.3.55.9.2 */
function copyText(value: string): string {
  return /[\\\t\n\r]/.test(value)
    ? value.replace(/[\\\t\n\r]/g, (found) => COPY_ESCAPES[found] ?? found)
    : value;
}

function columnNames(header: readonly string[]): string[] {
  return header.map((name, index) => (name === '' ? `Column${index + 1}` : name));
}

async function originOf(client: pg.Client, table: string): Promise<Origin | undefined> {
  const found = await client.query<{ comment: string | null }>(
    "select obj_description(to_regclass($1), 'pg_class') as comment",
    [tableName(client, table)],
  );
  const comment = found.rows[0]?.comment;
  const content = comment ? parseJson(comment) : undefined;
  if (!isObject(content)) return undefined;
  return {
    sha256: textAt(content['sha256'], 'sha256'),
    rows: numberAt(content['rows'], 'rows'),
    problems: listAt(content['problems'], 'problems').filter(isUnreadableLine),
  };
}

function isUnreadableLine(value: unknown): value is UnreadableLine {
  return isObject(value) && typeof value['line'] === 'number' && typeof value['reason'] === 'string';
}

/** PostgreSQL's own messages may quote values: only the kind of error is passed on. */
function sqlState(error: unknown): string {
  if (error instanceof Error && 'code' in error)
    return `PostgreSQL refused it with SQLSTATE ${String(error.code)}.`;
  return error instanceof Error ? error.message : String(error);
}
