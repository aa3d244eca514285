/** Every database role of the warehouse, and who comes to have it. */
export const roles = {
  ingest: {
    purpose: 'Loads committed partitions into the raw tables and keeps the ledger.',
    heldBy:
      'IAM role of the function load-warehouse; of lake-retention and erase-customer, which only read the ledger',
  },
  transform: {
    purpose: 'Builds every model with dbt, and masks what it builds.',
    heldBy: 'IAM execution role of MWAA',
  },
  analyst: {
    purpose: 'Asks questions of the marts, and whether the numbers reconcile.',
    heldBy: 'IAM role analyst',
  },
  operations: {
    purpose: 'Watches complaints and the health of the loads.',
    heldBy: 'IAM role operations',
  },
  leadership: {
    purpose: 'Reads the marts through dashboards and reports.',
    heldBy: 'IAM role leadership',
  },
  pii_reader: {
    purpose:
      'Sees who a key stands for: case work, requests of the persons concerned. Held besides another role, for a time.',
    heldBy: 'IAM role pii-reader',
  },
  ml: {
    purpose: 'Trains and scores models on keys and categories; sees no person.',
    heldBy: 'IAM role ml',
  },
} as const;

export type Role = keyof typeof roles;

export const roleNames: readonly Role[] = Object.keys(roles).filter(isRole);

export function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name);
}

/** Roles of Redshift itself that one of ours is given, and why it cannot do without. */
export const systemRoles: readonly {
  readonly role: Role;
  readonly systemRole: string;
  readonly reason: string;
}[] = [
  {
    role: 'transform',
    systemRole: 'sys:secadmin',
    reason:
      'dbt makes a table anew on every build, so its masking policies must be attached anew, in the transaction that builds it; only sys:secadmin may attach them (ADR 26).',
  },
];
