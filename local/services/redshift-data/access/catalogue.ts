import type { DuckDBConnection } from '@duckdb/node-api';
import { StatementError } from '../messages.ts';
import { columnsOf } from '../tables.ts';
import type { AccessStatement, Identity } from './parse.ts';

const schema = 'redshift_catalogue';

/** Redshift's own views of roles, grants and masks, kept as tables; columns that nobody reads are left out. */
const tables = {
  svv_roles: 'role_name varchar primary key',
  svv_role_grants: 'role_name varchar, granted_role_name varchar, primary key (role_name, granted_role_name)',
  svv_schema_privileges:
    'namespace_name varchar, privilege_type varchar, identity_name varchar, identity_type varchar',
  svv_relation_privileges:
    'namespace_name varchar, relation_name varchar, privilege_type varchar, identity_name varchar, identity_type varchar',
  svv_masking_policy: 'policy_name varchar primary key, input_columns varchar, policy_expression varchar',
  svv_attached_masking_policy:
    'policy_name varchar, schema_name varchar, table_name varchar, grantee varchar, grantee_type varchar, priority integer, output_columns varchar',
};

const view = new RegExp(String.raw`\b(${Object.keys(tables).join('|')})\b`, 'gi');

/** The statement reading this catalogue instead of Redshift's; makes it first where it is not there. */
export async function readingCatalogue(connection: DuckDBConnection, sql: string): Promise<string> {
  const rewritten = sql.replace(view, (name) => `${schema}.${name}`);
  if (rewritten !== sql) await make(connection);
  return rewritten;
}

async function make(connection: DuckDBConnection): Promise<void> {
  await connection.run(`create schema if not exists ${schema}`);
  for (const [name, columns] of Object.entries(tables)) {
    await connection.run(`create table if not exists ${schema}.${name} (${columns})`);
  }
}

/** Does what the statement says to the catalogue, or fails as Redshift does. */
export async function applyAccess(connection: DuckDBConnection, statement: AccessStatement): Promise<void> {
  await make(connection);
  const catalogue = new Catalogue(connection);
  switch (statement.kind) {
    case 'assumerole':
      return;
    case 'create role':
      return catalogue.addOnce('svv_roles', { role_name: statement.role }, `role "${statement.role}"`);
    case 'create policy': {
      const row = {
        policy_name: statement.policy,
        input_columns: statement.type,
        policy_expression: statement.expression,
      };
      return catalogue.addOnce('svv_masking_policy', row, `masking policy "${statement.policy}"`);
    }
    case 'grant role':
    case 'revoke role': {
      await catalogue.requireRole(statement.role);
      if (!statement.granted.startsWith('sys:')) await catalogue.requireRole(statement.granted);
      const row = { role_name: statement.role, granted_role_name: statement.granted };
      return catalogue.set('svv_role_grants', row, statement.kind === 'grant role');
    }
    case 'grant':
    case 'revoke':
      return applyGrant(catalogue, statement);
    case 'attach':
    case 'detach':
      return applyMask(catalogue, statement);
  }
}

type Grant = Extract<AccessStatement, { kind: 'grant' | 'revoke' }>;
type Mask = Extract<AccessStatement, { kind: 'attach' | 'detach' }>;

async function applyGrant(catalogue: Catalogue, statement: Grant): Promise<void> {
  await catalogue.requireIdentity(statement.grantee);
  await catalogue.requireSchema(statement.schema);
  const row = {
    namespace_name: statement.schema,
    privilege_type: statement.privilege.toUpperCase(),
    identity_name: statement.grantee.name,
    identity_type: statement.grantee.kind,
  };
  if (statement.table === null) {
    return catalogue.set('svv_schema_privileges', row, statement.kind === 'grant');
  }
  await catalogue.columns(statement.schema, statement.table);
  return catalogue.set(
    'svv_relation_privileges',
    { ...row, relation_name: statement.table },
    statement.kind === 'grant',
  );
}

async function applyMask(catalogue: Catalogue, statement: Mask): Promise<void> {
  const { policy, schema: namespace, table, column, grantee, priority } = statement;
  await catalogue.requireIdentity(grantee);
  const type = (await catalogue.columns(namespace, table)).get(column);
  if (type === undefined) {
    throw new StatementError(`ERROR: column "${column}" of relation "${table}" does not exist`);
  }
  const policyType = await catalogue.policyType(policy);
  if (policyType.replace(/\(.*$/, '').toUpperCase() !== type) {
    throw new StatementError(`ERROR: policy "${policy}" is for ${policyType}, column "${column}" is ${type}`);
  }
  const place = { schema_name: namespace, table_name: table, output_columns: JSON.stringify([column]) };
  const toWhom = { grantee: grantee.name, grantee_type: grantee.kind };
  if (statement.kind === 'detach') {
    const removed = await catalogue.remove('svv_attached_masking_policy', {
      policy_name: policy,
      ...place,
      ...toWhom,
    });
    if (!removed) throw new StatementError(`ERROR: masking policy "${policy}" is not attached to "${table}"`);
    return;
  }
  if (await catalogue.has('svv_attached_masking_policy', { ...place, ...toWhom })) {
    throw new StatementError(
      `ERROR: "${table}"."${column}" has a masking policy for ${grantee.name} already`,
    );
  }
  if (await catalogue.hasOther(policy, { ...place, priority })) {
    throw new StatementError(
      `ERROR: "${table}"."${column}" has another policy of priority ${priority} already`,
    );
  }
  await catalogue.set(
    'svv_attached_masking_policy',
    { policy_name: policy, ...place, ...toWhom, priority },
    true,
  );
}

type Row = Readonly<Record<string, string | number>>;
type TableName = keyof typeof tables;

class Catalogue {
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Adds a row that must be new. */
  async addOnce(table: TableName, row: Row, what: string): Promise<void> {
    const [key = ''] = Object.keys(row);
    if (await this.has(table, { [key]: row[key] ?? '' })) {
      throw new StatementError(`ERROR: ${what} already exists`);
    }
    await this.set(table, row, true);
  }

  /** Makes sure that the row is there once, or not at all; both are no error when they are so already. */
  async set(table: TableName, row: Row, present: boolean): Promise<void> {
    await this.remove(table, row);
    if (!present) return;
    const names = Object.keys(row);
    await this.#connection.run(
      `insert into ${schema}.${table} (${names.join(', ')}) values (${names.map((name) => `$${name}`).join(', ')})`,
      { ...row },
    );
  }

  async remove(table: TableName, row: Row): Promise<boolean> {
    const result = await this.#connection.run(`delete from ${schema}.${table} where ${matching(row)}`, {
      ...row,
    });
    return result.rowsChanged > 0;
  }

  async has(table: TableName, row: Row): Promise<boolean> {
    const reader = await this.#connection.runAndReadAll(
      `select 1 from ${schema}.${table} where ${matching(row)}`,
      { ...row },
    );
    return reader.currentRowCount > 0;
  }

  /** Whether another policy is attached to the same column with the same priority. */
  async hasOther(policy: string, row: Row): Promise<boolean> {
    const reader = await this.#connection.runAndReadAll(
      `select 1 from ${schema}.svv_attached_masking_policy where policy_name <> $policy and ${matching(row)}`,
      { policy, ...row },
    );
    return reader.currentRowCount > 0;
  }

  async policyType(policy: string): Promise<string> {
    const reader = await this.#connection.runAndReadAll(
      `select input_columns from ${schema}.svv_masking_policy where policy_name = $policy`,
      { policy },
    );
    const [row] = reader.getRowsJS();
    if (row === undefined) throw new StatementError(`ERROR: masking policy "${policy}" does not exist`);
    return typeof row[0] === 'string' ? row[0] : '';
  }

  async requireIdentity({ kind, name }: Identity): Promise<void> {
    if (kind === 'role') await this.requireRole(name);
  }

  async requireRole(role: string): Promise<void> {
    if (!(await this.has('svv_roles', { role_name: role }))) {
      throw new StatementError(`ERROR: role "${role}" does not exist`);
    }
  }

  async requireSchema(name: string): Promise<void> {
    const reader = await this.#connection.runAndReadAll(
      'select 1 from duckdb_schemas() where schema_name = $name',
      { name },
    );
    // DuckDB has no schema `public`, every Redshift database does
    if (name !== 'public' && reader.currentRowCount === 0) {
      throw new StatementError(`ERROR: schema "${name}" does not exist`);
    }
  }

  /** Types by column of a relation that must be there. */
  async columns(namespace: string, table: string): Promise<ReadonlyMap<string, string>> {
    const columns = await columnsOf(this.#connection, namespace, table);
    if (columns.length === 0) {
      throw new StatementError(`ERROR: relation "${namespace}.${table}" does not exist`);
    }
    return new Map(columns.map(({ name, type }) => [name, type]));
  }
}

const matching = (row: Row): string =>
  Object.keys(row)
    .map((name) => `${name} = $${name}`)
    .join(' and ');
