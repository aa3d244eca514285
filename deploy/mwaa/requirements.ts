/**
 * deploy/mwaa/requirements.txt: what MWAA installs before Airflow starts. It names what the DAGs import and what is held
 * at MWAA's versions, each as the lock of the DAGs pins it, so that what is tested is what runs.
 *
 *     node deploy/mwaa/requirements.ts [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const REPOSITORY = join(import.meta.dirname, '..', '..');
export const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

const HEADER = `# Written by deploy/mwaa/requirements.ts from dags/requirements.lock; never edited.
# All of it is in MWAA's image already. pip only makes sure, and without an index it can do nothing else: where MWAA
# carries another version, this fails in the environment's log instead of running what was never tested.
--no-index
`;

/** The text of requirements.txt. Throws, naming it, when the lock lacks a package that is asked for. */
export function mwaaRequirements(inputs: string, constraints: string, lock: string): string {
  const locked = new Map(pinsOf(lock));
  const wanted = [...pinsOf(inputs), ...pinsOf(constraints)].map(([name]) => name);
  const lines = wanted.map((name) => {
    const version = locked.get(name);
    if (version === undefined) throw new Error(`dags/requirements.lock does not pin ${name}.`);
    return `${name}==${version}\n`;
  });
  return HEADER + lines.toSorted().join('');
}

/** `name==version` lines, names normalised as package indexes do. */
function pinsOf(text: string): [name: string, version: string][] {
  return [...text.matchAll(/^([\w.-]+)==([^\s;\\]+)/gm)].flatMap(([, name, version]) =>
    name === undefined || version === undefined
      ? []
      : [[name.toLowerCase().replaceAll(/[-_.]+/g, '-'), version]],
  );
}

export function currentRequirements(): string {
  const read = (name: string): string => readFileSync(join(REPOSITORY, 'dags', name), 'utf8');
  return mwaaRequirements(read('requirements.in'), read('constraints.txt'), read('requirements.lock'));
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
  if (values.check !== true) {
    writeFileSync(REQUIREMENTS, currentRequirements());
  } else if (readFileSync(REQUIREMENTS, 'utf8') !== currentRequirements()) {
    console.error(
      'deploy/mwaa/requirements.txt is not what the lock of the DAGs says. Write it anew: node deploy/mwaa/requirements.ts',
    );
    process.exitCode = 1;
  }
}
