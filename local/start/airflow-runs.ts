import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Home } from '../services/home.ts';
import { REPOSITORY } from '../services/names.ts';

export interface DagRunRequest {
  readonly dag_id: string;
  readonly conf: { readonly partition_date: string; readonly partition_hour?: number };
}

/** What local/airflow/run_dags.py reports, a JSON object a line; its docstring describes the fields. */
export type AirflowEvent =
  | { readonly event: 'ready'; readonly seconds: number }
  | { readonly event: 'run_started'; readonly dag_id: string; readonly conf: DagRunRequest['conf'] }
  | TaskEvent
  | {
      readonly event: 'run_finished';
      readonly dag_id: string;
      readonly conf: DagRunRequest['conf'];
      readonly state: string;
      readonly seconds: number;
    }
  | { readonly event: 'finished'; readonly failed_runs: number; readonly seconds: number }
  | { readonly event: 'broken'; readonly message: string };

interface TaskEvent {
  readonly event: 'task_started' | 'task_finished';
  readonly dag_id: string;
  readonly task_id: string;
  readonly request: { readonly source: string; readonly partition_date: string } | null;
  readonly state?: string;
  readonly seconds?: number;
  readonly done?: number;
  readonly total?: number;
  readonly error?: { readonly name: string; readonly message: string | null };
}

/** Airflow in a process of its own, running DAGs one after the other. */
export interface AirflowProcess {
  /** Runs the DAGs; resolves with the number that failed, or throws when Airflow itself broke. */
  run(
    requests: readonly DagRunRequest[],
    environment: Readonly<Record<string, string>>,
    onEvent: (event: AirflowEvent) => void,
  ): Promise<number>;
  /** Ends it and whatever it runs. */
  stop(): Promise<void>;
}

/** Starts Airflow; it takes seconds and needs no service yet, so start it first and give it work later. */
export function startAirflow(home: Home): AirflowProcess {
  const python = join(REPOSITORY, '.local', 'venvs', 'airflow', 'bin', 'python');
  const log = join(home.logs, 'airflow.log');
  const child = spawn(python, [join(REPOSITORY, 'local', 'airflow', 'run_dags.py'), '--log', log], {
    env: { ...process.env, AIRFLOW_HOME: join(home.root, 'airflow') },
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const exited = once(child, 'exit');
  // Input that Airflow no longer reads is no error of ours: its exit code tells.
  child.stdin.on('error', () => undefined);
  return {
    async run(requests, environment, onEvent) {
      for (const message of [{ environment }, ...requests]) child.stdin.write(`${JSON.stringify(message)}\n`);
      child.stdin.end();
      let failedRuns = requests.length;
      for await (const line of createInterface({ input: child.stdout })) {
        const event: AirflowEvent = JSON.parse(line);
        onEvent(event);
        if (event.event === 'broken')
          throw new Error(`Airflow could not go on: ${event.message}\nIts log: ${log}`);
        if (event.event === 'finished') failedRuns = event.failed_runs;
      }
      await exited;
      return failedRuns;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      process.kill(-child.pid, 'SIGINT');
      const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), 10_000);
      await exited;
      clearTimeout(timer);
    },
  };
}
