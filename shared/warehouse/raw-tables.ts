import type { Contract } from '../contracts/contract.ts';
import { name } from './sql.ts';

export interface WarehouseColumn {
  readonly name: string;
  readonly type: string;
}

/** A source's raw table as its contract wants it; migrate-warehouse creates it or appends what it lacks. */
export interface RawTable {
  /** without schema: the source's id */
  readonly table: string;
  readonly columns: readonly WarehouseColumn[];
}

export const rawSchema = 'raw_data';

/** Columns that every raw table has after those of its contract. */
const loadColumns: readonly WarehouseColumn[] = [
  { name: '_unmapped', type: 'varchar(65535)' },
  { name: '_source_uri', type: 'varchar(1024)' },
  { name: '_source_row', type: 'bigint' },
  { name: '_partition_date', type: 'date' },
  { name: '_partition_hour', type: 'integer' },
  { name: '_load_id', type: 'varchar(64)' },
  { name: '_loaded_at', type: 'timestamp' },
  { name: '_contract_version', type: 'integer' },
  { name: '_record_hash', type: 'bigint' },
];

/** The raw table that a contract asks for. */
export const rawTable = (contract: Contract): RawTable => ({
  table: contract.source,
  columns: [
    ...contract.columns.map((column) => ({ name: column.name, type: `varchar(${column.maxBytes})` })),
    ...loadColumns,
  ],
});

/** Address of a source's raw table in SQL. */
export const rawTableName = (source: string): string => `${rawSchema}.${name(source)}`;

/** Makes the table. */
export const createStatement = ({ table, columns }: RawTable): string =>
  `create table if not exists ${rawTableName(table)} (\n${columns
    .map((column) => `    ${name(column.name)} ${column.type}`)
    .join(',\n')}\n)`;

/** Appends a column to a table that was made before the contract had it. */
export const addColumnStatement = (table: string, column: WarehouseColumn): string =>
  `alter table ${rawTableName(table)} add column ${name(column.name)} ${column.type}`;
