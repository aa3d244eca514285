import { alarms } from '../rules/alarms.ts';
import { withinBoundary } from '../rules/boundary.ts';
import { bucketsAndQueues } from '../rules/buckets-and-queues.ts';
import { encryption } from '../rules/encryption.ts';
import { exposure } from '../rules/exposure.ts';
import { fleet, type Declarations } from '../rules/fleet.ts';
import { leastPrivilege } from '../rules/least-privilege.ts';
import { secrets, tags } from '../rules/tags-and-secrets.ts';
import { warehouseAndAirflow } from '../rules/warehouse-and-airflow.ts';
import { readPlan, type Plan, type Rule, type Violation } from './plan.ts';
import type { Workspace } from './workspace.ts';

/** What is applied to an account, in this order. */
export const ROOTS = ['bootstrap', 'environments/dev', 'environments/prod'] as const;

/** What everything that is deployed has to keep, by name. */
export const everywhere: Readonly<Record<string, Rule>> = {
  encryption,
  exposure,
  leastPrivilege,
  bucketsAndQueues,
  tags,
  secrets,
};

/** What an environment has to keep besides. */
export const inEnvironments: Readonly<
  Record<string, (plan: Plan, declarations: Declarations) => readonly Violation[]>
> = { fleet, alarms, warehouseAndAirflow };

/** @throws Error with what Terraform said, when a folder cannot be planned */
export async function planOf(workspace: Workspace, folder: string): Promise<Plan> {
  await must(workspace.plan(folder), folder);
  const shown = await must(workspace.run(folder, ['show', '-json', 'plan.bin']), folder);
  return readPlan(folder, shown.stdout, workspace.schema);
}

/**
 * Plans as the real provider would before the first apply, where whatever AWS decides is unknown.
 *
 * @throws Error with what Terraform said, for example that a count cannot be known
 */
export async function planFirstApply(workspace: Workspace, folder: string): Promise<void> {
  await must(workspace.plan(folder, { nothingExists: true }), `${folder}, before anything exists`);
}

async function must<T extends { ok: boolean; text: string }>(outcome: Promise<T>, where: string): Promise<T> {
  const done = await outcome;
  if (!done.ok) throw new Error(`${where}: ${errorsIn(done.text)}`);
  return done;
}

/** What Terraform complains of, without the plan that it prints before. */
export const errorsIn = (text: string): string => {
  const start = text.indexOf('Error: ');
  return start < 0 ? text.slice(-2000) : text.slice(start, start + 4000);
};

/** All that is wrong with one plan; of an environment also whether it keeps within the boundary that bootstrap sets. */
export function judge(plan: Plan, bootstrap: Plan, declarations: Declarations): Violation[] {
  const common = Object.values(everywhere).flatMap((rule) => rule(plan));
  if (!plan.folder.startsWith('environments/')) return common;
  const own = Object.values(inEnvironments).flatMap((rule) => rule(plan, declarations));
  return [...common, ...own, ...withinBoundary(plan, bootstrap)];
}
