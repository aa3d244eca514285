import { readFile, writeFile } from 'node:fs/promises';
import { judge, planFirstApply, planOf } from '../harness/judge.ts';
import { violation, type Plan, type Violation } from '../harness/plan.ts';
import type { Workspace } from '../harness/workspace.ts';
import { codeProblems } from '../rules/code.ts';
import { readDeclarations } from '../rules/fleet.ts';
import type { Mistake } from './mistake.ts';

/**
 * What the checks say to a tree with the mistake in it: the code itself, then the plan of whatever is applied from that
 * file. Neither the modules' own tests nor the inventory take part, which would see most of these changes as well.
 *
 * @throws Error when the text that the mistake replaces is no longer there
 */
export async function plant(
  { file, from, to }: Mistake,
  workspace: Workspace,
  bootstrap: Plan,
): Promise<readonly Violation[]> {
  const path = workspace.folder(file);
  const text = await readFile(path, 'utf8');
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`${file} no longer holds what the mistake replaces`);
  await writeFile(path, changed);
  try {
    const inCode = await codeProblems(workspace.folder('.'));
    return inCode.length > 0 ? inCode : await inPlans(rootOf(file), workspace, bootstrap);
  } finally {
    await writeFile(path, text);
  }
}

const rootOf = (file: string): string =>
  /^(bootstrap|modules\/delivery)\//.test(file) ? 'bootstrap' : 'environments/prod';

async function inPlans(root: string, workspace: Workspace, bootstrap: Plan): Promise<readonly Violation[]> {
  const declarations = readDeclarations(workspace.folder('generated/functions.json'));
  try {
    const problems = judge(await planOf(workspace, root), bootstrap, declarations);
    if (problems.length === 0) await planFirstApply(workspace, root);
    return problems;
  } catch (error) {
    return [violation('it can be planned', root, String(error))];
  }
}
