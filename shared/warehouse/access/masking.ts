import type { Role } from './roles.ts';

/**
 * Dynamic data masking: PUBLIC sees null in a tagged column, the roles below see its value. A policy takes and gives
 * one type, so there is a pair for each type that tagged columns have. A policy is never altered: to show something
 * else, give it a new name.
 * https://docs.aws.amazon.com/redshift/latest/dg/t_ddm.html
 */
const types = {
  varchar: 'varchar(65535)',
  bigint: 'bigint',
  integer: 'integer',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
} as const;

export type MaskingType = keyof typeof types;

export const maskingTypes: readonly MaskingType[] = [
  'varchar',
  'bigint',
  'integer',
  'boolean',
  'date',
  'timestamp',
];

export interface MaskingPolicy {
  readonly name: string;
  /** of the column, and of what is shown instead */
  readonly type: string;
  readonly shows: string;
}

export const maskPolicy = (type: MaskingType): string => `mask_${type}`;
export const showPolicy = (type: MaskingType): string => `show_${type}`;

export const maskingPolicies: readonly MaskingPolicy[] = maskingTypes.flatMap((type) => [
  { name: maskPolicy(type), type: types[type], shows: `cast(null as ${types[type]})` },
  { name: showPolicy(type), type: types[type], shows: 'value' },
]);

/** Who sees the value wherever it may select the column: what it may select, the rights say. */
export const clearRoles: readonly Role[] = ['transform', 'pii_reader'];

/** Above PUBLIC's 0; two different policies of a column must differ in priority. */
export const showPriority = 10;

/** The pair of policies for a column of this type, e.g. `varchar(64)`. */
export function maskingTypeOf(columnType: string): MaskingType {
  const base = columnType.replace(/\(.*$/, '').trim().toLowerCase();
  const found = maskingTypes.find((type) => type === base);
  if (found === undefined) throw new RangeError(`no masking policy for columns of the type ${columnType}`);
  return found;
}
