import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';
import { AREAS, type Area, type Check } from './check.ts';
import { dagsOnMwaa, deliveryChecks, imageCheck, tflint } from './delivery-checks.ts';
import { git, terraform } from './needs.ts';
import { resultsFolder } from './run-checks.ts';

const bin = (environment: 'airflow' | 'checks' | 'classifier' | 'dbt', program: string): string =>
  join(REPOSITORY, '.local', 'venvs', environment, 'bin', program);

const npmBin = (program: string): string => join(REPOSITORY, 'node_modules', '.bin', program);

const node = (name: string, script: string, ...args: string[]): Check => ({
  name,
  command: process.execPath,
  args: [join(REPOSITORY, script), ...args],
});

const vitest = (name: string, file: string, ...args: string[]): Check => ({
  name,
  command: npmBin('vitest'),
  args: [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(resultsFolder, file)}`,
    ...args,
  ],
  counts: { format: 'vitest-json', file: join(resultsFolder, file) },
});

const pytest = (
  name: string,
  area: Area,
  environment: 'airflow' | 'checks' | 'classifier' | 'dbt',
  folder: string,
  ...args: string[]
): Check => {
  const file = join(resultsFolder, `pytest-${environment}.xml`);
  return {
    name,
    areas: [area],
    command: bin(environment, 'python'),
    args: ['-m', 'pytest', '-p', 'no:cacheprovider', `--junitxml=${file}`, ...args],
    cwd: join(REPOSITORY, folder),
    counts: { format: 'junit-xml', file },
  };
};

/** Python lies in all of these. */
const PYTHON: readonly Area[] = ['code', 'dags', 'dbt', 'delivery'];

/** Everything quick that says the code is well formed and in step with what is generated from it. */
const formChecks: readonly Check[] = [
  { name: 'types (tsc)', command: npmBin('tsc'), args: ['--noEmit'] },
  {
    name: 'lint: code, cycles, arrows, length (oxlint)',
    command: npmBin('oxlint'),
    args: ['--deny-warnings'],
  },
  { name: 'format (prettier)', command: npmBin('prettier'), args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'nothing unused (knip)', command: npmBin('knip'), args: [] },
  node('generated files are current', 'local/cli/fleet.ts', '--check'),
  {
    name: 'lint: Python (ruff)',
    areas: PYTHON,
    command: bin('airflow', 'ruff'),
    args: [
      'check',
      '--config',
      'dags/pyproject.toml',
      'dags',
      'classifier',
      'deploy',
      'local/airflow',
      'local/checks',
      'local/end-to-end/oracle',
      'dbt/documentation',
      'dbt/tests_python',
      'dbt/tests_syntax',
      'bench',
    ],
  },
  {
    name: 'format: Python (ruff)',
    areas: PYTHON,
    command: bin('airflow', 'ruff'),
    args: [
      'format',
      '--check',
      '--config',
      'dags/pyproject.toml',
      'dags',
      'classifier',
      'deploy',
      'local/airflow',
      'local/checks',
      'local/end-to-end/oracle',
      'dbt/documentation',
      'dbt/tests_python',
      'dbt/tests_syntax',
    ],
  },
];

/** `npm test`: on two cores, TypeScript beside Python. */
export const testChecks: readonly (readonly Check[])[] = [
  [
    node('functions build', 'local/cli/build.ts'),
    vitest('TypeScript: unit, property, end to end', 'vitest.json'),
  ],
  [
    ...formChecks,
    ...deliveryChecks,
    {
      name: 'commands in the documents',
      areas: ['documents'],
      needs: git,
      command: bin('checks', 'python'),
      args: ['local/checks/documents/check_documents.py'],
    },
    pytest('the check of commands (pytest)', 'documents', 'checks', 'local/checks/documents'),
    dagsOnMwaa,
    pytest('Airflow DAGs (pytest)', 'dags', 'airflow', 'dags'),
    pytest('classifier of free text (pytest)', 'code', 'classifier', 'classifier'),
    pytest('dbt project on DuckDB and on a stand-in for Redshift (pytest)', 'dbt', 'dbt', 'dbt'),
  ],
];

/** `npm run verify`: what takes longer; whole platforms, one after the other, beside all the rest. */
export const verifyChecks: readonly (readonly Check[])[] = [
  [
    vitest(
      'faults, races, rebuilds, a seventh source',
      'vitest-verify.json',
      '--config',
      'vitest.verify.config.ts',
    ),
  ],
  [
    {
      ...vitest(
        'Terraform: code, plans, planted mistakes',
        'vitest-terraform.json',
        '--config',
        'terraform/tests/vitest.config.ts',
      ),
      areas: ['delivery'],
      needs: terraform,
    },
    pytest('SQL for Redshift parses (sqlfluff)', 'dbt', 'checks', 'dbt/tests_syntax'),
    pytest('mistakes planted in the dbt project', 'dbt', 'dbt', 'dbt', '-m', 'heavy'),
    tflint,
    imageCheck,
  ],
];

/** The checks of these areas; of all when none is named. Throws when there is no such area. */
export function ofAreas(
  groups: readonly (readonly Check[])[],
  areas: readonly string[],
): readonly (readonly Check[])[] {
  const unknown = areas.filter((area) => !AREAS.some((known) => known === area));
  if (unknown.length > 0)
    throw new Error(`No such area: ${unknown.join(', ')}. There are: ${AREAS.join(', ')}.`);
  if (areas.length === 0) return groups;
  return groups.map((checks) =>
    checks.filter((check) => (check.areas ?? ['code']).some((area) => areas.includes(area))),
  );
}
