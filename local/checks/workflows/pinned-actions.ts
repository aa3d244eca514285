/**
 * Every action that a workflow uses must be pinned by the SHA of a commit that .github/allowed-actions.json lists, with
 * its release in a comment. Prints what is not and fails.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { REPOSITORY } from '../../services/names.ts';

/** Commit and release by action (`owner/name`). */
export type AllowedActions = Readonly<Record<string, { readonly sha: string; readonly release: string }>>;

const USES = /^\s*(?:-\s+)?uses:\s*(\S+)(?:\s+#\s*(\S+))?\s*$/;

/** What is wrong with the actions that a workflow uses, a sentence each. Actions of this repository need no pin. */
export function problemsOf(workflow: string, allowed: AllowedActions): string[] {
  return workflow.split('\n').flatMap((line, index) => {
    const [, reference, comment] = USES.exec(line) ?? [];
    const isUse = /^\s*(?:-\s+)?["']?uses["']?\s*:/.test(line);
    if (reference === undefined)
      return isUse ? [`line ${index + 1}: cannot be read; write \`uses: owner/name@<sha> # vX.Y.Z\``] : [];
    if (reference.startsWith('./')) return [];
    const problem = problemWith(reference, comment, allowed);
    return problem === undefined ? [] : [`line ${index + 1}: ${problem}`];
  });
}

function problemWith(
  reference: string,
  comment: string | undefined,
  allowed: AllowedActions,
): string | undefined {
  const [path = '', version = ''] = reference.split('@');
  const name = path.split('/').slice(0, 2).join('/');
  const pin = allowed[name];
  if (!/^[0-9a-f]{40}$/.test(version)) return `${reference} is not pinned by the SHA of a commit`;
  if (pin === undefined) return `${name} is not in .github/allowed-actions.json`;
  if (version !== pin.sha)
    return `${name} is pinned to another commit than .github/allowed-actions.json names`;
  if (comment !== pin.release) return `${name} needs the comment "# ${pin.release}"`;
  return undefined;
}

/** Every file below .github that can use an action. */
export function workflowFiles(repository: string): string[] {
  return readdirSync(join(repository, '.github'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

if (process.argv[1] === import.meta.filename) {
  const allowed: AllowedActions = JSON.parse(
    readFileSync(join(REPOSITORY, '.github', 'allowed-actions.json'), 'utf8'),
  );
  const problems = workflowFiles(REPOSITORY).flatMap((file) =>
    problemsOf(readFileSync(file, 'utf8'), allowed).map(
      (problem) => `${relative(REPOSITORY, file)} ${problem}`,
    ),
  );
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
