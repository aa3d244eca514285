import { maskingPolicies } from '../../../shared/warehouse/access/masking.ts';
import { schemas } from '../../../shared/warehouse/access/rights.ts';
import { isRole, roleNames } from '../../../shared/warehouse/access/roles.ts';
import {
  attachStatement,
  createPolicy,
  createRole,
  detachStatement,
  granteeKey,
  grantStatement,
  grantSystemRole,
  revokeStatement,
  revokeSystemRole,
  type Attachment,
  type Grant,
} from '../../../shared/warehouse/access/statements.ts';
import type { WantedAccess } from '../../../shared/warehouse/access/wanted.ts';
import { rawSchema } from '../../../shared/warehouse/raw-tables.ts';
import type { CurrentAccess } from './read-access.ts';

/**
 * The statements that lead from the access that is there to the one that is wanted, in an order in which they can
 * run; none where nothing differs. Grants to identities that are not ours (users, foreign roles) are left alone,
 * and so are relations of dbt, which grants and masks what it builds itself.
 */
export function planAccess(wanted: WantedAccess, current: CurrentAccess): string[] {
  const systemRoles = compare(wanted.systemRoles, current.systemRoles.filter(isOurs), (grant) =>
    JSON.stringify([grant.role, grant.systemRole]),
  );
  const grants = compare(wanted.grants, current.grants.filter(isGovernedGrant), grantKey);
  const attachments = compare(wanted.attachments, current.attachments.filter(isGovernedTable), attachmentKey);
  return [
    ...roleNames.filter((role) => !current.roles.has(role)).map(createRole),
    ...maskingPolicies.filter(({ name }) => !current.policies.has(name)).map(createPolicy),
    ...systemRoles.extra.map(({ role, systemRole }) => revokeSystemRole(systemRole, role)),
    ...grants.extra.map(revokeStatement),
    ...attachments.extra.map(detachStatement),
    ...attachments.missing.map(attachStatement),
    ...grants.missing.map(grantStatement),
    ...systemRoles.missing.map(({ role, systemRole }) => grantSystemRole(systemRole, role)),
  ];
}

interface Difference<T> {
  readonly missing: readonly T[];
  readonly extra: readonly T[];
}

function compare<T>(wanted: readonly T[], current: readonly T[], key: (item: T) => string): Difference<T> {
  const wantedKeys = new Set(wanted.map(key));
  const currentKeys = new Set(current.map(key));
  return {
    missing: wanted.filter((item) => !currentKeys.has(key(item))),
    extra: current.filter((item) => !wantedKeys.has(key(item))),
  };
}

const grantKey = ({ grantee, privilege, schema, table }: Grant): string =>
  JSON.stringify([granteeKey(grantee), privilege, schema, table]);

const attachmentKey = ({ grantee, policy, schema, table, column, priority }: Attachment): string =>
  JSON.stringify([granteeKey(grantee), policy, schema, table, column, priority]);

const ourSchemas: ReadonlySet<string> = new Set(schemas);

const isOurs = ({ role }: { readonly role: string }): boolean => isRole(role);

/** Tables that migrate-warehouse makes, as opposed to what dbt builds. */
const isGovernedTable = ({ schema, table }: { readonly schema: string; readonly table: string }): boolean =>
  schema === rawSchema || (schema === 'restricted' && table === 'key_material');

function isGovernedGrant({ grantee, schema, table }: Grant): boolean {
  if (grantee.kind === 'user' || (grantee.kind === 'role' && !isRole(grantee.name))) return false;
  return table === null ? ourSchemas.has(schema) : isGovernedTable({ schema, table });
}
