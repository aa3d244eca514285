import type { Role } from './roles.ts';

/** Schemas of ours, in the order in which data goes through them. */
export const schemas = ['raw_data', 'staging', 'intermediate', 'marts', 'restricted', 'quality'] as const;

export type Schema = (typeof schemas)[number];
export type SchemaPrivilege = 'usage' | 'create';
export type TablePrivilege = 'select' | 'insert' | 'update' | 'delete';

/** May look into a schema (`usage`) or also make relations there, which it then owns (`create`). */
export interface SchemaRight {
  readonly role: Role;
  readonly schemas: readonly Schema[];
  readonly privileges: readonly SchemaPrivilege[];
  readonly reason: string;
}

/** What of a schema a right is about. */
export type Relations =
  /** tables that follow from the sources' contracts */
  | 'raw tables'
  /** every relation that dbt builds in the schema; the right is granted by dbt's `grants` */
  | 'models'
  /** tables that a migration made */
  | readonly string[];

export interface TableRight {
  readonly role: Role;
  readonly schema: Schema;
  readonly relations: Relations;
  readonly privileges: readonly TablePrivilege[];
  readonly reason: string;
}

/**
 * Who may look into which schema. What is not here is closed, also to PUBLIC; the schema `public` is closed to all.
 */
export const schemaRights: readonly SchemaRight[] = [
  {
    role: 'ingest',
    schemas: ['raw_data'],
    privileges: ['usage'],
    reason: 'raw tables and the ledger are there',
  },
  {
    role: 'transform',
    schemas: ['raw_data'],
    privileges: ['usage'],
    reason: 'reads raw rows through the ledger',
  },
  {
    role: 'transform',
    schemas: ['staging', 'intermediate', 'marts', 'restricted', 'quality'],
    privileges: ['usage', 'create'],
    reason: 'makes and owns every relation of dbt',
  },
  {
    role: 'analyst',
    schemas: ['marts', 'quality'],
    privileges: ['usage'],
    reason: 'reads marts and whether they reconcile',
  },
  {
    role: 'operations',
    schemas: ['marts', 'quality'],
    privileges: ['usage'],
    reason: 'reads marts and the accounts of every partition',
  },
  { role: 'leadership', schemas: ['marts'], privileges: ['usage'], reason: 'reads marts' },
  { role: 'ml', schemas: ['marts'], privileges: ['usage'], reason: 'reads marts' },
  {
    role: 'pii_reader',
    schemas: ['restricted'],
    privileges: ['usage'],
    reason: 'the identities are there',
  },
  {
    role: 'pii_reader',
    schemas: ['intermediate', 'marts'],
    privileges: ['usage'],
    reason:
      'two identities are views over these schemas, and Redshift may ask whoever reads a view for usage of the schemas under it; it may select nothing there',
  },
];

/** Who may read or write which relation. */
export const tableRights: readonly TableRight[] = [
  {
    role: 'ingest',
    schema: 'raw_data',
    relations: 'raw tables',
    privileges: ['select', 'insert', 'delete'],
    reason:
      'copies a load, checks its accounts, deletes loads that no ledger row names; LOCK asks for a right to change, which delete is',
  },
  {
    role: 'ingest',
    schema: 'raw_data',
    relations: ['load_ledger', 'load_details'],
    privileges: ['select', 'insert', 'delete'],
    reason: "replaces a partition's ledger row and what else its manifest says",
  },
  {
    role: 'transform',
    schema: 'raw_data',
    relations: 'raw tables',
    privileges: ['select'],
    reason: 'builds staging',
  },
  {
    role: 'transform',
    schema: 'raw_data',
    relations: ['load_ledger', 'load_details'],
    privileges: ['select'],
    reason: 'says which load a partition stands for, its columns and reasons of rejects',
  },
  {
    role: 'transform',
    schema: 'raw_data',
    relations: ['calendar'],
    privileges: ['select', 'insert', 'delete'],
    reason: 'the DAG writes the expected partitions before each build',
  },
  {
    role: 'transform',
    schema: 'restricted',
    relations: ['key_material'],
    privileges: ['select'],
    reason: 'derives surrogate keys; nobody else may read the key',
  },
  ...readersOf('marts', ['analyst', 'operations', 'leadership', 'ml'], 'no person is in the marts'),
  ...readersOf('quality', ['analyst', 'operations'], 'accounts of loads hold no person'),
  ...readersOf('restricted', ['pii_reader'], 'the only bridge from keys back to people'),
];

function readersOf(schema: Schema, readers: readonly Role[], reason: string): TableRight[] {
  return readers.map((role) => ({ role, schema, relations: 'models', privileges: ['select'], reason }));
}

/** Roles that dbt lets select every relation that it builds in a schema. */
export const modelReaders = (schema: Schema): Role[] =>
  tableRights
    .filter((right) => right.schema === schema && right.relations === 'models')
    .map(({ role }) => role);
