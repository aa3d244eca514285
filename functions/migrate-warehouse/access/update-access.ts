import { WarehouseRejected } from '../../../shared/runtime/errors.ts';
import { closedToAll } from '../../../shared/warehouse/access/statements.ts';
import { wantedAccess } from '../../../shared/warehouse/access/wanted.ts';
import { failureError } from '../../../shared/warehouse/failure.ts';
import type { RawTable } from '../../../shared/warehouse/raw-tables.ts';
import { textIn } from '../../../shared/warehouse/rows.ts';
import type { Statement, Warehouse } from '../../../shared/warehouse/warehouse.ts';
import { lockMigrations } from '../apply-migrations.ts';
import { planAccess } from './plan-access.ts';
import { readAccess } from './read-access.ts';

const maxFailures = 3;
/** Changes of one transaction; a batch has 40 statements, one of them the lock. */
const changesPerBatch = 39;

export interface AccessInput {
  readonly rawTables: readonly RawTable[];
  /** Role that COPY reads the lake with: only `ingest` may use it. */
  readonly copyRoleArn: string;
}

/**
 * Brings roles, grants and masks to what shared/warehouse/access wants: what is missing is granted, what is no longer
 * wanted is revoked. Runs after the raw tables are made, on every migration; a second run finds nothing to do.
 * Returns the statements that changed something.
 */
export async function updateAccess(
  warehouse: Warehouse,
  { rawTables, copyRoleArn }: AccessInput,
): Promise<string[]> {
  const wanted = wantedAccess(rawTables, await currentUser(warehouse));
  const made: string[] = [];
  for (let failures = 0; ;) {
    const plan = planAccess(wanted, await readAccess(warehouse));
    const repeated = plan.find((sql) => made.includes(sql));
    if (repeated !== undefined) {
      throw new WarehouseRejected(
        `"${repeated}" was run and is still missing from the warehouse's catalogue. Compare the catalogue with what functions/migrate-warehouse/access reads.`,
      );
    }
    const changes = plan.slice(0, changesPerBatch);
    if (changes.length === 0) break;
    const result = await warehouse.run([lockMigrations, ...changes.map(statement)]);
    if (result.outcome === 'finished') made.push(...changes);
    // another migrator may have made the same change first: look again
    else if (++failures === maxFailures) throw failureError(result, 'Updating roles, grants and masks');
  }
  // the catalogue does not tell these; repeating them changes nothing
  await warehouse.execute('Closing what is open to all', [
    lockMigrations,
    ...closedToAll(copyRoleArn).map(statement),
  ]);
  return made;
}

const statement = (sql: string): Statement => ({ label: sql, sql });

async function currentUser(warehouse: Warehouse): Promise<string> {
  const [row] = await warehouse.query(
    'Asking who is signed in',
    'select cast(current_user as varchar(128)) as user_name',
  );
  return textIn(row, 'user_name') ?? '';
}
