import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';
import type { Check } from './check.ts';
import { docker, go, python312, terraform } from './needs.ts';

const bin = (environment: string, program: string): string =>
  join(REPOSITORY, '.local', 'venvs', environment, 'bin', program);

const script = (name: string, file: string, ...args: string[]): Check => ({
  name,
  areas: ['delivery'],
  command: process.execPath,
  args: [join(REPOSITORY, file), ...args],
});

/** What carries the platform from a commit to an account. */
export const deliveryChecks: readonly Check[] = [
  script('actions pinned by SHA, from the list', 'local/checks/workflows/pinned-actions.ts'),
  { ...script('lint: workflows (actionlint)', 'local/checks/workflows/actionlint.ts'), needs: go },
  {
    name: 'lint: workflows (zizmor)',
    areas: ['delivery'],
    command: bin('checks', 'zizmor'),
    args: ['--offline', '--no-progress', '--strict-collection', '.github'],
  },
  {
    name: 'lint: Dockerfile (hadolint)',
    areas: ['delivery'],
    command: bin('checks', 'hadolint'),
    args: ['--failure-threshold', 'info', 'Dockerfile'],
  },
  script('lint: shell scripts (shellcheck)', 'local/checks/shell-scripts.ts', bin('checks', 'shellcheck')),
  {
    name: 'format: Terraform',
    areas: ['delivery'],
    command: 'terraform',
    args: [
      'fmt',
      '-check',
      '-diff',
      '-recursive',
      ...['bootstrap', 'environments', 'modules'].map((name) => `terraform/${name}`),
    ],
    needs: terraform,
  },
  script("MWAA's requirements.txt is the lock's", 'deploy/mwaa/requirements.ts', '--check'),
];

/** Everything of the DAGs is tested on whatever Python is here; this says whether it was MWAA's. */
export const dagsOnMwaa: Check = {
  name: "DAGs parse on Python 3.12 with MWAA's pins",
  areas: ['dags'],
  command: bin('airflow', 'python'),
  args: ['local/airflow/check_mwaa.py'],
  needs: python312,
};

/** Built by Go the first time, which takes minutes. */
export const tflint: Check = { ...script('lint: Terraform (tflint)', 'local/checks/tflint.ts'), needs: go };

/** Builds the image and runs the small pipeline in it; minutes. */
export const imageCheck: Check = {
  ...script('the image builds, and its pipeline reconciles', 'deploy/image/check-image.ts'),
  needs: docker,
};
