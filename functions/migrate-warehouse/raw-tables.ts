import { failureError } from '../../shared/warehouse/failure.ts';
import {
  addColumnStatement,
  createStatement,
  rawSchema,
  type RawTable,
} from '../../shared/warehouse/raw-tables.ts';
import { textIn } from '../../shared/warehouse/rows.ts';
import { text } from '../../shared/warehouse/sql.ts';
import type { Statement, Warehouse } from '../../shared/warehouse/warehouse.ts';
import { lockMigrations } from './apply-migrations.ts';

const maxFailures = 3;
/** Changes of one transaction; a batch has 40 statements, one of them the lock. */
const changesPerBatch = 39;

interface Change {
  /** `raw_data.sms` (created) or `raw_data.sms.new_column` (appended) */
  readonly subject: string;
  readonly statement: Statement;
}

/**
 * Makes the raw tables that the contracts ask for and appends columns that tables lack. Nothing is ever dropped or
 * retyped: contracts only append. Returns what was made.
 */
export async function updateRawTables(warehouse: Warehouse, tables: readonly RawTable[]): Promise<string[]> {
  const made: string[] = [];
  for (let failures = 0; ;) {
    const changes = planChanges(tables, await readColumns(warehouse)).slice(0, changesPerBatch);
    if (changes.length === 0) return made;
    const result = await warehouse.run([lockMigrations, ...changes.map(({ statement }) => statement)]);
    if (result.outcome === 'finished') made.push(...changes.map(({ subject }) => subject));
    // another migrator may have made the same change first: look again
    else if (++failures === maxFailures) throw failureError(result, 'Updating the raw tables');
  }
}

/** Columns that are there, by table. */
async function readColumns(warehouse: Warehouse): Promise<Map<string, Set<string>>> {
  const rows = await warehouse.query(
    'Reading the raw tables',
    `select cast(table_name as varchar(128)) as table_name, cast(column_name as varchar(128)) as column_name
from information_schema.columns
where table_schema = ${text(rawSchema)}`,
  );
  const tables = new Map<string, Set<string>>();
  for (const row of rows) {
    const table = textIn(row, 'table_name') ?? '';
    tables.set(table, (tables.get(table) ?? new Set()).add(textIn(row, 'column_name') ?? ''));
  }
  return tables;
}

function planChanges(
  tables: readonly RawTable[],
  existing: ReadonlyMap<string, ReadonlySet<string>>,
): Change[] {
  return tables.flatMap((wanted): Change[] => {
    const columns = existing.get(wanted.table);
    const subject = `${rawSchema}.${wanted.table}`;
    if (columns === undefined) {
      return [{ subject, statement: { label: `create ${subject}`, sql: createStatement(wanted) } }];
    }
    return wanted.columns
      .filter(({ name }) => !columns.has(name))
      .map((column) => ({
        subject: `${subject}.${column.name}`,
        statement: {
          label: `append ${column.name} to ${subject}`,
          sql: addColumnStatement(wanted.table, column),
        },
      }));
  });
}
