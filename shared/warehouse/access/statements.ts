import { integer, name, plainText } from '../sql.ts';
import type { MaskingPolicy } from './masking.ts';
import { roles } from './roles.ts';

/** Who gets something: one of our roles, a user, or everybody. */
export type Grantee =
  | { readonly kind: 'role'; readonly name: string }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'public' };

export const toPublic: Grantee = { kind: 'public' };
export const toRole = (role: string): Grantee => ({ kind: 'role', name: role });

/** A privilege on a schema (`table` null) or on one of its relations. */
export interface Grant {
  readonly grantee: Grantee;
  readonly privilege: string;
  readonly schema: string;
  readonly table: string | null;
}

/** A masking policy on a column of a table, for a grantee. */
export interface Attachment {
  readonly policy: string;
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly grantee: Grantee;
  readonly priority: number;
}

export const createRole = (role: keyof typeof roles): string => `create role ${name(role)}`;
export const grantSystemRole = (systemRole: string, role: string): string =>
  `grant role ${systemRoleName(systemRole)} to role ${name(role)}`;
export const revokeSystemRole = (systemRole: string, role: string): string =>
  `revoke role ${systemRoleName(systemRole)} from role ${name(role)}`;

export const grantStatement = (grant: Grant): string =>
  `grant ${privilege(grant.privilege)} on ${objectOf(grant)} to ${granteeName(grant.grantee)}`;
export const revokeStatement = (grant: Grant): string =>
  `revoke ${privilege(grant.privilege)} on ${objectOf(grant)} from ${granteeName(grant.grantee)}`;

export const createPolicy = ({ name: policy, type, shows }: MaskingPolicy): string =>
  `create masking policy ${name(policy)} with (value ${type}) using (${shows})`;

export const attachStatement = ({ policy, priority, ...place }: Attachment): string =>
  `attach masking policy ${name(policy)} on ${columnOf(place)} to ${granteeName(place.grantee)} priority ${integer(priority)}`;
export const detachStatement = ({ policy, ...place }: Attachment): string =>
  `detach masking policy ${name(policy)} on ${columnOf(place)} from ${granteeName(place.grantee)}`;

/**
 * What is closed to all, whatever was there before; repeating it changes nothing.
 *
 * Everybody may use every IAM role of the namespace until that is revoked, so that whoever may make a temporary
 * table could COPY the lake's raw files into it, past every mask.
 */
export const closedToAll = (copyRoleArn: string): string[] => [
  'revoke create on schema public from public',
  'revoke usage on schema public from public',
  'revoke assumerole on all from public for all',
  `grant assumerole on ${plainText(copyRoleArn)} to role ingest for copy`,
];

/** How a grantee is told from others, for comparing. */
export const granteeKey = (grantee: Grantee): string =>
  grantee.kind === 'public' ? 'public' : `${grantee.kind} ${grantee.name}`;

const granteeName = (grantee: Grantee): string => {
  switch (grantee.kind) {
    case 'public':
      return 'public';
    case 'role':
      return `role ${name(grantee.name)}`;
    case 'user':
      return quoted(grantee.name);
  }
};

const objectOf = ({ schema, table }: Grant): string =>
  table === null ? `schema ${name(schema)}` : `${name(schema)}.${name(table)}`;

const columnOf = ({ schema, table, column }: Pick<Attachment, 'schema' | 'table' | 'column'>): string =>
  `${name(schema)}.${name(table)} (${name(column)})`;

function privilege(text: string): string {
  if (!/^[a-z]+$/.test(text)) throw new RangeError('not a privilege');
  return text;
}

function systemRoleName(text: string): string {
  if (!/^sys:[a-z]+$/.test(text)) throw new RangeError('not a system role');
  return text;
}

/** A user's name, which may hold what a name of ours does not: `IAMR:coretelecoms-prod-mwaa`. */
function quoted(text: string): string {
  if (!/^[\w:.@/-]{1,127}$/.test(text)) throw new RangeError('not a user that may appear in SQL');
  return `"${text}"`;
}
