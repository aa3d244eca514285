import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Home } from '../services/home.ts';
import { objectAt, parseJson, textAt } from '../services/json.ts';
import { REPOSITORY } from '../services/names.ts';
import { LOOPBACK, accepts, freePort } from '../services/ports.ts';
import { startChild, untilReady } from '../services/processes/child.ts';
import type { Guard } from '../services/processes/guard.ts';

export interface Standalone {
  readonly url: string;
  readonly login: { readonly user: string; readonly password: string };
  /** Resolves when Airflow has ended, whoever ended it. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

const FAVOURITE_PORT = 8080;
const START_MS = 180_000;
const STOP_GRACE_MS = 30_000;
const COMPONENTS = ['metadatabase', 'scheduler', 'dag_processor', 'triggerer'] as const;

/**
 * Starts `airflow standalone` (scheduler, DAG processor, triggerer, UI) over dags/ and waits until all of it is
 * healthy, about half a minute. `environment` holds what the DAGs need (dags/README.md).
 */
export async function startStandalone(
  home: Home,
  environment: Readonly<Record<string, string>>,
  guard: Guard,
): Promise<Standalone> {
  const port = (await accepts(FAVOURITE_PORT)) ? await freePort() : FAVOURITE_PORT;
  const url = `http://${LOOPBACK}:${port}`;
  const airflowHome = join(home.root, 'airflow');
  const logFile = join(home.logs, 'airflow-standalone.log');
  const child = await startChild({
    name: 'Airflow',
    command: join(REPOSITORY, '.local', 'venvs', 'airflow', 'bin', 'python'),
    args: [join(REPOSITORY, 'local', 'airflow', 'serve.py')],
    env: {
      ...inherited(),
      ...environment,
      AIRFLOW_HOME: airflowHome,
      AIRFLOW__CORE__PARALLELISM: '4',
      AIRFLOW__API__HOST: LOOPBACK,
      AIRFLOW__API__PORT: String(port),
      AIRFLOW__API__BASE_URL: url,
      AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `${url}/execution/`,
      AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT: String(await freePort()),
      AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT: String(await freePort()),
    },
    logFile,
    guard,
    stopSignal: 'SIGINT',
  });
  const stop = async () => {
    // The scheduler first ends its tasks, which end dbt: that takes longer than the end of a service.
    if (child.isRunning()) process.kill(-child.pid, 'SIGINT');
    await Promise.race([child.exited, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
    await child.stop();
  };
  try {
    await untilReady(child, logFile, () => isHealthy(url), START_MS);
    return { url, login: readLogin(airflowHome), exited: child.exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/v2/monitor/health`, { signal: AbortSignal.timeout(5_000) });
  const health = objectAt(await answer.json(), 'health');
  return COMPONENTS.every((name) => objectAt(health[name], name)['status'] === 'healthy');
}

/** The password that Airflow made up for `admin` at its first start. */
function readLogin(airflowHome: string): Standalone['login'] {
  const file = join(airflowHome, 'simple_auth_manager_passwords.json.generated');
  if (!existsSync(file)) throw new Error(`Airflow has not written its password to ${file}.`);
  const passwords = objectAt(parseJson(readFileSync(file, 'utf8')), file);
  return { user: 'admin', password: textAt(passwords['admin'], 'admin') };
}

/** What Airflow needs of our own environment. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
