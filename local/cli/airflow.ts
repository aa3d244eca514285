import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { startStandalone, type Standalone } from '../airflow/standalone.ts';
import { homeFolder, type Home } from '../services/home.ts';
import { runningServices } from '../services/lock.ts';
import { DEFAULT_HOME } from '../services/names.ts';
import { startPlatform, type Platform } from '../services/platform.ts';
import { startGuard, type Guard } from '../services/processes/guard.ts';
import { pipelineEnvironment } from '../start/pipeline-environment.ts';
import { buildFunctions, migrate, stage } from '../start/pipeline.ts';
import { Progress } from '../start/progress.ts';
import { generatedFolder } from '../start/run-state.ts';

const USAGE = `npm run airflow

Brings up Airflow's scheduler and UI over the DAGs in dags/ and the lake and warehouse of the last npm start.
Uses the local services where they run (npm start -- --keep-running), else starts them. Ctrl-C ends all of it.`;

/** What has been started and must not stay behind. */
interface Running {
  guard?: Guard;
  platform?: Platform;
  airflow?: Standalone;
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean' } } });
  if (values.help === true) {
    console.log(USAGE);
    return;
  }
  const home = homeFolder(DEFAULT_HOME);
  if (!existsSync(home.warehouse)) throw new Error('There is nothing to run on yet. Run npm start first.');
  const running: Running = {};
  stopAtSignals(running);
  try {
    const progress = new Progress(process.stdout);
    const services = await servicesOf(home, running, progress);
    const startedAt = performance.now();
    progress.now('Airflow');
    running.guard = startGuard();
    running.airflow = await startStandalone(home, airflowEnvironment(home, services), running.guard);
    progress.done('Airflow: scheduler, DAG processor, triggerer, UI', startedAt);
    progress.line(`\n${describe(running.airflow)}`);
    await running.airflow.exited;
    throw new Error(`Airflow ended by itself; see ${home.logs}.`);
  } finally {
    await stopAll(running);
  }
}

/** Addresses of the services that run, started if none do. */
async function servicesOf(
  home: Home,
  running: Running,
  progress: Progress,
): Promise<Readonly<Record<string, string>>> {
  const found = runningServices(home.servicesFile);
  if (found) return found.environment;
  await buildFunctions(progress);
  const platform = await startPlatform({ onTrouble: (sentence) => progress.failed(sentence) });
  running.platform = platform;
  // The sheet lives in the stand-in's memory; all else is as it was and stays so.
  if (existsSync(generatedFolder(home))) await stage(platform, generatedFolder(home), progress);
  await migrate(platform, progress);
  return platform.environment;
}

/** The DAGs' environment, but for the calendar: that is the Variable which npm start has left in Airflow. */
function airflowEnvironment(
  home: Home,
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { AIRFLOW_VAR_CALENDAR: _, ...rest } = pipelineEnvironment({ home, environment }, '');
  return rest;
}

const describe = ({ url, login }: Standalone): string =>
  [
    `Airflow      ${url}   ·   user ${login.user}   ·   password ${login.password}`,
    'Run a day    DAGs › complaints_daily › Trigger, partition_date 2025-11-20, "unpause" ticked',
    '             (unpausing also runs the day that has just ended; the calendar of npm start expects nothing of it)',
    '\nCtrl-C ends Airflow and what it has started.',
  ].join('\n');

async function stopAll({ airflow, platform, guard }: Running): Promise<void> {
  await airflow?.stop();
  await guard?.stop();
  await platform?.stop();
}

/** Ctrl-C, or the end of whoever started us, ends everything. */
function stopAtSignals(running: Running): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    console.log('\nEnding Airflow and what it has started …');
    void stopAll(running).finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
process.exit();
