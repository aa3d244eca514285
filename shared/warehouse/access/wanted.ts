import type { RawTable } from '../raw-tables.ts';
import { rawSchema } from '../raw-tables.ts';
import { clearRoles, maskPolicy, maskingTypeOf, showPolicy, showPriority } from './masking.ts';
import { schemaRights, tableRights, type TableRight } from './rights.ts';
import { systemRoles } from './roles.ts';
import { toPublic, toRole, type Attachment, type Grant, type Grantee } from './statements.ts';

/** What must hold of everything that migrate-warehouse itself makes; dbt sees to its own relations. */
export interface WantedAccess {
  readonly systemRoles: readonly { readonly role: string; readonly systemRole: string }[];
  readonly grants: readonly Grant[];
  readonly attachments: readonly Attachment[];
}

/** A column that holds personal data or a secret. */
interface TaggedColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  /** who sees it clear */
  readonly clearTo: readonly Grantee[];
}

/** The key of surrogate keys: nobody but transform, and whoever compares it with the parameter. */
const keyMaterial = {
  schema: 'restricted',
  table: 'key_material',
  column: 'key_value',
  type: 'varchar(256)',
};

/** The loader adds these up to check what it copied. */
const ingestSees = new Set(['_record_hash']);

/**
 * The access that this version wants.
 * @param migrator the database user that migrate-warehouse signs in as. It compares the key material with the
 * parameter, so it must see it: what masks show to a superuser is not documented, and is not relied on.
 */
export const wantedAccess = (rawTables: readonly RawTable[], migrator: string): WantedAccess => ({
  systemRoles: systemRoles.map(({ role, systemRole }) => ({ role, systemRole })),
  grants: [...schemaGrants(), ...tableRights.flatMap((right) => tableGrants(right, rawTables))],
  attachments: [
    ...rawTables.flatMap(rawTaggedColumns),
    { ...keyMaterial, clearTo: [toRole('transform'), { kind: 'user' as const, name: migrator }] },
  ].flatMap(attachmentsOf),
});

const schemaGrants = (): Grant[] =>
  schemaRights.flatMap(({ role, schemas, privileges }) =>
    schemas.flatMap((schema) =>
      privileges.map((privilege) => ({ grantee: toRole(role), privilege, schema, table: null })),
    ),
  );

function tableGrants(
  { role, schema, relations, privileges }: TableRight,
  rawTables: readonly RawTable[],
): Grant[] {
  if (relations === 'models') return [];
  const tables = relations === 'raw tables' ? rawTables.map(({ table }) => table) : relations;
  return tables.flatMap((table) =>
    privileges.map((privilege) => ({ grantee: toRole(role), privilege, schema, table })),
  );
}

const rawTaggedColumns = ({ table, columns }: RawTable): TaggedColumn[] =>
  columns
    .filter(({ isPersonal }) => isPersonal)
    .map(({ name, type }) => ({
      schema: rawSchema,
      table,
      column: name,
      type,
      clearTo: [...clearRoles, ...(ingestSees.has(name) ? ['ingest'] : [])].map(toRole),
    }));

function attachmentsOf({ type, clearTo, ...place }: TaggedColumn): Attachment[] {
  const maskingType = maskingTypeOf(type);
  return [
    { ...place, policy: maskPolicy(maskingType), grantee: toPublic, priority: 0 },
    ...clearTo.map((grantee) => ({
      ...place,
      policy: showPolicy(maskingType),
      grantee,
      priority: showPriority,
    })),
  ];
}
