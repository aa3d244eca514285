import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { LakeObjects } from './lake-objects.ts';
import { StatementError } from './messages.ts';
import type { CopyStatement } from './translate.ts';
import { columnsOf, type TableColumn } from './tables.ts';

const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Does what Redshift's `COPY … FORMAT AS PARQUET MANIFEST` does: the files' columns are matched with the column
 * list by position, their types must be those of the table, and text longer in bytes than its VARCHAR fails
 * everything. Returns the rows loaded.
 */
export async function copyFromLake(
  connection: DuckDBConnection,
  copy: CopyStatement,
  lake: LakeObjects,
  scratch: string,
  signal: AbortSignal,
): Promise<number> {
  const targets = await targetColumns(connection, copy);
  const directory = await mkdtemp(join(scratch, 'copy-'));
  try {
    let rows = 0;
    for (const file of await lake.fetchManifest(copy.manifestUri, directory, signal)) {
      rows += await copyFile(connection, copy, targets, file);
    }
    return rows;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function targetColumns(connection: DuckDBConnection, copy: CopyStatement): Promise<TableColumn[]> {
  const columns = await columnsOf(connection, copy.schema, copy.table);
  if (columns.length === 0) {
    throw new StatementError(`ERROR: relation "${copy.schema}.${copy.table}" does not exist`);
  }
  return copy.columns.map((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
      throw new StatementError(`ERROR: column "${name}" of relation "${copy.table}" does not exist`);
    }
    return column;
  });
}

async function copyFile(
  connection: DuckDBConnection,
  copy: CopyStatement,
  targets: readonly TableColumn[],
  file: string,
): Promise<number> {
  const source = `read_parquet(${quoteText(file)})`;
  const described = await connection.runAndReadAll(`describe select * from ${source}`);
  const types = described.getColumnsObjectJS()['column_type'] ?? [];
  if (types.length !== targets.length) {
    throw new StatementError(
      `ERROR: Spectrum Scan Error: the file has ${types.length} columns, the column list ${targets.length}`,
    );
  }
  for (const [index, target] of targets.entries()) {
    if (types[index] !== target.type) {
      throw new StatementError(
        `ERROR: Spectrum Scan Error: incompatible Parquet schema for column '${target.name}' of type ${target.type}`,
      );
    }
  }
  const list = targets.map(({ name }) => quoteName(name)).join(', ');
  const positions = targets.map((_, index) => `c${index}`).join(', ');
  const values = targets.map((target, index) => checkedValue(target, `c${index}`)).join(', ');
  const into = `${quoteName(copy.schema)}.${quoteName(copy.table)}`;
  const inserted = await connection.run(
    `insert into ${into} (${list}) select ${values} from ${source} as file(${positions})`,
  );
  return inserted.rowsChanged;
}

/** The value, or the failure that Redshift gives where text is longer in bytes than its column. */
function checkedValue({ name, maxBytes }: TableColumn, value: string): string {
  if (maxBytes === null) return value;
  const message = `ERROR: Spectrum Scan Error code: 15007 context: The length of the data column ${name} is longer than the length defined in the table. Table: ${maxBytes}, Data: `;
  return `case when strlen(${value}) > ${maxBytes} then error(${quoteText(message)} || strlen(${value})) else ${value} end`;
}
