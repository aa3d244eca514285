import { schemasAndLedger } from './0001-schemas-and-ledger.ts';
import { loadDetails } from './0002-load-details.ts';
import type { Migration } from './migration.ts';

/** All migrations in the order in which they are applied; new ones are appended. */
export const migrations: readonly Migration[] = [schemasAndLedger, loadDetails];
