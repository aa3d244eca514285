import type { RawTable } from '../../shared/warehouse/raw-tables.ts';
import type { Warehouse } from '../../shared/warehouse/warehouse.ts';
import { updateAccess } from './access/update-access.ts';
import { applyMigrations, prepare } from './apply-migrations.ts';
import { writeKeyMaterial } from './key-material.ts';
import type { Migration } from './migrations/migration.ts';
import { updateRawTables } from './raw-tables.ts';

export interface MigrationResult {
  /** Ids of migrations, then tables that were made and columns that were appended. */
  readonly applied: readonly string[];
  /** Migrations that were there before. */
  readonly already_applied: number;
  /** Statements that created a role or policy, granted, revoked, attached or detached. */
  readonly access_changes: readonly string[];
}

export interface MigrationInput {
  readonly migrations: readonly Migration[];
  readonly rawTables: readonly RawTable[];
  readonly keyMaterial: { readonly value: string; readonly parameter: string };
  /** Role that COPY reads the lake with. */
  readonly copyRoleArn: string;
  readonly now: () => Date;
}

/** Brings a warehouse, empty or not, to the structure that this version wants; may run twice, also at once. */
export async function migrateWarehouse(
  warehouse: Warehouse,
  { migrations, rawTables, keyMaterial, copyRoleArn, now }: MigrationInput,
): Promise<MigrationResult> {
  await prepare(warehouse);
  const { applied, alreadyApplied } = await applyMigrations(warehouse, migrations, now);
  const tables = await updateRawTables(warehouse, rawTables);
  const accessChanges = await updateAccess(warehouse, { rawTables, copyRoleArn });
  await writeKeyMaterial(warehouse, keyMaterial.value, keyMaterial.parameter);
  return { applied: [...applied, ...tables], already_applied: alreadyApplied, access_changes: accessChanges };
}
