import type { Attachment, Grant, Grantee } from '../../../shared/warehouse/access/statements.ts';
import { numberIn, textIn, type Row } from '../../../shared/warehouse/rows.ts';
import type { Warehouse } from '../../../shared/warehouse/warehouse.ts';

/** The access that the warehouse has now, as its own catalogue tells. */
export interface CurrentAccess {
  readonly roles: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
  readonly systemRoles: readonly { readonly role: string; readonly systemRole: string }[];
  readonly grants: readonly Grant[];
  readonly attachments: readonly Attachment[];
}

const asText = (column: string): string => `cast(${column} as varchar(256)) as ${column}`;

/**
 * Reads the catalogue; only a superuser sees all of it.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_ATTACHED_MASKING_POLICY.html and its neighbours
 */
export async function readAccess(warehouse: Warehouse): Promise<CurrentAccess> {
  const read = (view: string, columns: readonly string[], rest = ''): Promise<Row[]> =>
    warehouse.query(`Reading ${view}`, `select ${columns.map(asText).join(', ')} from ${view}${rest}`);

  const roles = await read('svv_roles', ['role_name']);
  const memberships = await read('svv_role_grants', ['role_name', 'granted_role_name']);
  const identity = ['privilege_type', 'identity_name', 'identity_type'];
  const onSchemas = await read('svv_schema_privileges', ['namespace_name', ...identity]);
  const onTables = await read('svv_relation_privileges', ['namespace_name', 'relation_name', ...identity]);
  const policies = await read('svv_masking_policy', ['policy_name']);
  const attached = await read(
    'svv_attached_masking_policy',
    ['policy_name', 'schema_name', 'table_name', 'grantee', 'grantee_type', 'priority', 'output_columns'],
    "\nwhere schema_name in ('raw_data', 'restricted')",
  );
  return {
    roles: new Set(roles.map((row) => column(row, 'role_name'))),
    policies: new Set(policies.map((row) => column(row, 'policy_name'))),
    systemRoles: memberships.map((row) => ({
      role: column(row, 'role_name'),
      systemRole: column(row, 'granted_role_name'),
    })),
    grants: [...onSchemas, ...onTables].map(grantIn),
    attachments: attached.flatMap(attachmentsIn),
  };
}

const column = (row: Row, name: string): string => textIn(row, name) ?? '';

const grantIn = (row: Row): Grant => ({
  grantee: granteeIn(row, 'identity_type', 'identity_name'),
  privilege: column(row, 'privilege_type').toLowerCase(),
  schema: column(row, 'namespace_name'),
  table: textIn(row, 'relation_name'),
});

/** One for each column; the catalogue writes them as a JSON array. */
const attachmentsIn = (row: Row): Attachment[] =>
  [...column(row, 'output_columns').matchAll(/\w+/g)].map(([name]) => ({
    policy: column(row, 'policy_name'),
    schema: column(row, 'schema_name'),
    table: column(row, 'table_name'),
    column: name,
    grantee: granteeIn(row, 'grantee_type', 'grantee'),
    priority: numberIn(row, 'priority') ?? 0,
  }));

function granteeIn(row: Row, kindColumn: string, nameColumn: string): Grantee {
  const kind = column(row, kindColumn).toLowerCase();
  if (kind === 'public') return { kind };
  return { kind: kind === 'role' ? 'role' : 'user', name: column(row, nameColumn) };
}
