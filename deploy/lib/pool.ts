import { spawnSync } from 'node:child_process';
import { DeployError } from './command.ts';

/** Whatever writes the warehouse waits for this one slot (dags/coretelecoms/settings.py). */
const POOL = { name: 'warehouse', slots: 1, description: 'One writer at a time', include_deferred: false };

/**
 * Makes sure that Airflow has the pool that its tasks wait for: without it they would wait for ever. Through MWAA's
 * InvokeRestApi, which needs no way to Airflow's own pages, and the AWS command line, since the SDK's client of MWAA in
 * the package index does not know that call. Answers a sentence on what was done.
 */
export function ensurePool(airflow: string): string {
  const found = restApi(airflow, 'GET', `/pools/${POOL.name}`);
  if (found.status === 200) {
    if (found.slots !== POOL.slots)
      throw new DeployError(
        `Airflow's pool ${POOL.name} has ${found.slots} slots instead of 1: two writers could meet in the warehouse.`,
      );
    return `Airflow has the pool ${POOL.name}`;
  }
  const made = restApi(airflow, 'POST', '/pools', POOL);
  if (made.status < 300) return `Airflow now has the pool ${POOL.name}`;
  throw new DeployError(`Airflow's pool ${POOL.name} could not be made: ${made.said}`);
}

interface RestAnswer {
  /** Of Airflow's answer; 599 when there was none. */
  readonly status: number;
  readonly slots?: number;
  readonly said: string;
}

function restApi(airflow: string, method: 'GET' | 'POST', path: string, body?: object): RestAnswer {
  const args = [
    'mwaa',
    'invoke-rest-api',
    '--name',
    airflow,
    '--method',
    method,
    '--path',
    path,
    '--output',
    'json',
  ];
  const { status, stdout, stderr, error } = spawnSync(
    'aws',
    body === undefined ? args : [...args, '--body', JSON.stringify(body)],
    { encoding: 'utf8' },
  );
  if (error !== undefined)
    throw new DeployError(`The AWS command line could not be started: ${error.message}`);
  if (status !== 0) return { status: 599, said: stderr.trim() };
  const answer: { RestApiStatusCode?: number; RestApiResponse?: { slots?: number } } = JSON.parse(stdout);
  const slots = answer.RestApiResponse?.slots;
  return {
    status: answer.RestApiStatusCode ?? 200,
    said: stdout.trim(),
    ...(slots !== undefined && { slots }),
  };
}
