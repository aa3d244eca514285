import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planOf, ROOTS } from './harness/judge.ts';
import install from './harness/install.ts';
import { TERRAFORM, Workspace } from './harness/workspace.ts';
import { writeTables } from './documents/tables.ts';
import { inventoryOf } from './rules/inventory.ts';

/** Writes what is made from the code: the tables in the READMEs, and INVENTORY.md. */
await writeTables(TERRAFORM);
await install();
const workspace = await Workspace.create();
try {
  const plans = [];
  for (const folder of ROOTS) plans.push(await planOf(workspace, folder));
  await writeFile(join(TERRAFORM, 'INVENTORY.md'), inventoryOf(plans));
} finally {
  await workspace.dispose();
}
