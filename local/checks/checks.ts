import { AREAS, type Area, type Check } from './check.ts';
import { dagsOnMwaa, deliveryChecks } from './delivery-checks.ts';
import { git } from './needs.ts';
import { bin, node, npmBin, pytest, vitest } from './runners.ts';

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

/** `npm test`. */
export const testChecks: readonly Check[] = [
  node('functions build', 'local/cli/build.ts'),
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
  pytest('classifier of free text (pytest)', 'code', 'classifier', 'classifier'),
  { ...vitest('TypeScript: unit, property, end to end', 290), after: 'functions build' },
  { ...pytest('Airflow DAGs (pytest)', 'dags', 'airflow', 'dags'), seconds: 120 },
  {
    ...pytest('dbt project on DuckDB and on a stand-in for Redshift (pytest)', 'dbt', 'dbt', 'dbt'),
    seconds: 400,
  },
];

/** The checks of these areas; of all when none is named. Throws when there is no such area. */
export function ofAreas(checks: readonly Check[], areas: readonly string[]): readonly Check[] {
  const unknown = areas.filter((area) => !AREAS.some((known) => known === area));
  if (unknown.length > 0)
    throw new Error(`No such area: ${unknown.join(', ')}. There are: ${AREAS.join(', ')}.`);
  if (areas.length === 0) return checks;
  return checks.filter((check) => (check.areas ?? ['code']).some((area) => areas.includes(area)));
}
