/** The family of statements about roles, grants and masks, as far as this project writes it. */
export type AccessStatement =
  | { readonly kind: 'create role'; readonly role: string }
  | { readonly kind: 'grant role' | 'revoke role'; readonly granted: string; readonly role: string }
  | {
      readonly kind: 'grant' | 'revoke';
      readonly privilege: string;
      readonly schema: string;
      readonly table: string | null;
      readonly grantee: Identity;
    }
  | { readonly kind: 'assumerole' }
  | {
      readonly kind: 'create policy';
      readonly policy: string;
      readonly type: string;
      readonly expression: string;
    }
  | {
      readonly kind: 'attach' | 'detach';
      readonly policy: string;
      readonly schema: string;
      readonly table: string;
      readonly column: string;
      readonly grantee: Identity;
      readonly priority: number;
    };

export interface Identity {
  readonly kind: 'role' | 'user' | 'public';
  readonly name: string;
}

const schemaPrivileges = new Set(['usage', 'create', 'alter', 'drop']);
const tablePrivileges = new Set([
  'select',
  'insert',
  'update',
  'delete',
  'truncate',
  'references',
  'drop',
  'alter',
]);

type Groups = Readonly<Record<string, string>>;

const name = String.raw`[a-z_]\w*`;
const grantee = String.raw`(?:role (?<role>${name})|(?<public>public)|"(?<quoted>[^"]+)"|(?<user>${name}))`;
const place = String.raw`(?<schema>${name})\.(?<table>${name}) \((?<column>${name})\)`;

/** Each form with what it means; text is in single blanks before it is compared. */
const forms: readonly (readonly [RegExp, (groups: Groups) => AccessStatement | null])[] = [
  [form(`create role (?<role>${name})`), ({ role = '' }) => ({ kind: 'create role', role })],
  [
    form(
      String.raw`(?<verb>grant|revoke) role (?<granted>sys:[a-z]+|${name}) (?:to|from) role (?<role>${name})`,
    ),
    ({ verb, granted = '', role = '' }) => ({
      kind: verb === 'grant' ? 'grant role' : 'revoke role',
      granted,
      role,
    }),
  ],
  [
    form(
      String.raw`(?:grant|revoke) assumerole on (?:all|default|'[^']+') (?:to|from) ${grantee} for (?:all|copy|unload)`,
    ),
    () => ({ kind: 'assumerole' }),
  ],
  [
    form(
      String.raw`(?<verb>grant|revoke) (?<privilege>[a-z]+) on schema (?<schema>${name}) (?:to|from) ${grantee}`,
    ),
    (groups) => grantOf(groups, null, schemaPrivileges),
  ],
  [
    form(
      String.raw`(?<verb>grant|revoke) (?<privilege>[a-z]+) on (?:table )?(?<schema>${name})\.(?<table>${name}) (?:to|from) ${grantee}`,
    ),
    (groups) => grantOf(groups, groups['table'] ?? '', tablePrivileges),
  ],
  [
    form(
      String.raw`create masking policy (?<policy>${name}) with \(value (?<type>[a-z]+(?:\(\d+\))?)\) using \((?<expression>.+)\)`,
    ),
    ({ policy = '', type = '', expression = '' }) => ({ kind: 'create policy', policy, type, expression }),
  ],
  [
    form(
      String.raw`attach masking policy (?<policy>${name}) on ${place} to ${grantee}(?: priority (?<priority>\d+))?`,
    ),
    (groups) => maskOf('attach', groups),
  ],
  [
    form(String.raw`detach masking policy (?<policy>${name}) on ${place} from ${grantee}`),
    (groups) => maskOf('detach', groups),
  ],
];

const isAccess =
  /^(?:(?:create|alter|drop)\s+(?:role|user|group|(?:masking|rls)\s+policy)|grant|revoke|attach|detach|alter\s+default\s+privileges)\b/i;

/**
 * Reads a statement about access.
 * @returns null: it is about something else; `refused`: it is one, of a form that is not known here
 */
export function parseAccess(sql: string): AccessStatement | 'refused' | null {
  if (!isAccess.test(sql)) return null;
  const text = sql.replace(/\s+/g, ' ').trim();
  for (const [pattern, meaning] of forms) {
    const match = pattern.exec(text);
    // a verb that does not go with its preposition ("grant … from") is no form either
    if (match?.groups !== undefined && !/^(?:grant .+ from|revoke .+ to) /i.test(text)) {
      return meaning(match.groups) ?? 'refused';
    }
  }
  return 'refused';
}

function form(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'i');
}

function grantOf(groups: Groups, table: string | null, known: ReadonlySet<string>): AccessStatement | null {
  const privilege = (groups['privilege'] ?? '').toLowerCase();
  if (!known.has(privilege)) return null;
  const kind = groups['verb']?.toLowerCase() === 'grant' ? 'grant' : 'revoke';
  return { kind, privilege, schema: groups['schema'] ?? '', table, grantee: identityOf(groups) };
}

const maskOf = (kind: 'attach' | 'detach', groups: Groups): AccessStatement => ({
  kind,
  policy: groups['policy'] ?? '',
  schema: groups['schema'] ?? '',
  table: groups['table'] ?? '',
  column: groups['column'] ?? '',
  grantee: identityOf(groups),
  priority: Number(groups['priority'] ?? 0),
});

function identityOf(groups: Groups): Identity {
  if (groups['role'] !== undefined) return { kind: 'role', name: groups['role'] };
  if (groups['public'] !== undefined) return { kind: 'public', name: 'public' };
  return { kind: 'user', name: groups['quoted'] ?? groups['user'] ?? '' };
}
