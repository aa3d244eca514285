import type { Contract } from '../contracts/contract.ts';
import { metadataColumns } from '../contracts/metadata.ts';
import { name } from './sql.ts';

export interface WarehouseColumn {
  readonly name: string;
  readonly type: string;
  /** Whether it may hold personal data, so that it is masked. */
  readonly isPersonal: boolean;
}

/** A source's raw table as its contract wants it; migrate-warehouse creates it or appends what it lacks. */
export interface RawTable {
  /** without schema: the source's id */
  readonly table: string;
  readonly columns: readonly WarehouseColumn[];
}

export const rawSchema = 'raw_data';

/** The raw table that a contract asks for. */
export const rawTable = (contract: Contract): RawTable => ({
  table: contract.source,
  columns: [
    ...contract.columns.map((column) => ({
      name: column.name,
      type: `varchar(${column.maxBytes})`,
      isPersonal: column.tags.length > 0,
    })),
    ...metadataColumns.map((column) => ({
      name: column.name,
      type: column.redshiftType,
      isPersonal: column.tag !== null,
    })),
  ],
});

/** Address of a source's raw table in SQL. */
export const rawTableName = (source: string): string => `${rawSchema}.${name(source)}`;

/** Makes the table; fails where it is there, so that of two migrators one notices. */
export const createStatement = ({ table, columns }: RawTable): string =>
  `create table ${rawTableName(table)} (\n${columns
    .map((column) => `    ${name(column.name)} ${column.type}`)
    .join(',\n')}\n)`;

/** Appends a column to a table that was made before the contract had it. */
export const addColumnStatement = (table: string, column: WarehouseColumn): string =>
  `alter table ${rawTableName(table)} add column ${name(column.name)} ${column.type}`;
