import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startAirflow, type AirflowProcess } from '../start/airflow-runs.ts';
import { calendarVariable, dagRuns } from '../start/dag-runs.ts';
import { readSources } from '../start/fleet.ts';
import { findSources } from '../start/found-sources.ts';
import { InvocationLog } from '../start/invocations.ts';
import { parseOptions, usage, UsageError, type StartOptions } from '../start/options.ts';
import { pipelineEnvironment } from '../start/pipeline-environment.ts';
import { alertsIn, buildFunctions, migrate, prepareSources, stage } from '../start/pipeline.ts';
import { drawAirflow, Progress } from '../start/progress.ts';
import { readFindings, renderQuality } from '../start/quality.ts';
import { readReconciliation } from '../start/reconciliation.ts';
import { makeReport, writeReport, type RunReport } from '../start/report.ts';
import { renderResult, renderVerdict } from '../start/result-table.ts';
import { claim, forget } from '../start/run-state.ts';
import { homeFolder, type Home } from '../services/home.ts';
import { DEFAULT_HOME } from '../services/names.ts';
import { startPlatform, type Platform } from '../services/platform.ts';

/** What has been started and must not stay behind. */
interface Running {
  isStopping?: boolean;
  airflow?: AirflowProcess;
  platform?: Platform;
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) {
    console.log(usage);
    return 0;
  }
  const home = homeFolder(DEFAULT_HOME);
  if (options.isFresh) forget(home);
  claim(home, options);
  const running: Running = {};
  stopAtSignals(running);
  try {
    return await run(home, options, running, new Progress(process.stdout));
  } finally {
    await stopAll(running);
  }
}

async function run(home: Home, options: StartOptions, running: Running, progress: Progress): Promise<number> {
  const startedAt = new Date();
  const beganAt = performance.now();
  progress.line(`CoreTelecoms CX platform · local run · ${describeOptions(options)}\n`);
  rmSync(join(home.root, 'run-report.json'), { force: true });
  const alertsBefore = new Set(alertsIn(home));
  const sources = readSources();
  const folder = await prepareSources(home, options, progress);
  const found = findSources(folder, sources, options.days);
  for (const source of found.absent) progress.line(`  ! no ${source}: the folder has no file of it`);

  running.airflow = startAirflow(home);
  await buildFunctions(progress);
  const platform = await startServices(running, progress);
  await stage(platform, folder, progress);
  await migrate(platform, progress);

  const requests = dagRuns(found, sources);
  const environment = pipelineEnvironment(platform, calendarVariable(found));
  const airflowAt = performance.now();
  const failedRuns = await running.airflow.run(requests, environment, drawAirflow(progress, requests.length));
  const airflowSeconds = (performance.now() - airflowAt) / 1000;
  if (running.isStopping === true) return 130;

  const log = new InvocationLog(home.invocationLog, startedAt);
  const report = makeReport(
    sources,
    found.expected,
    log,
    await readReconciliation(home.warehouse),
    await readFindings(home.warehouse),
  );
  writeReport(join(home.root, 'run-report.json'), report);
  await platform.mail.drain();
  const alerts = alertsIn(home).filter((path) => !alertsBefore.has(path));
  print(progress, home, report, alerts.length, failedRuns);
  const ingestSeconds = log.secondsOf(sources.map(({ functionName }) => functionName));
  progress.line(
    `Took ${minutes((performance.now() - beganAt) / 1000)} (Airflow, dbt and loads ${minutes(airflowSeconds - ingestSeconds)} · ` +
      `ingest ${minutes(ingestSeconds)} · largest function process ${Math.round(log.largestProcessMb())} MiB)`,
  );
  if (options.keepsRunning) await untilInterrupted(progress);
  return report.reconciled && failedRuns === 0 ? 0 : 1;
}

async function startServices(running: Running, progress: Progress): Promise<Platform> {
  const startedAt = performance.now();
  progress.now('Services');
  const platform = await startPlatform({ onTrouble: (sentence) => progress.failed(sentence) });
  running.platform = platform;
  progress.done(
    `Services: PostgreSQL, S3/SSM/SNS/SQS, Lambda (${platform.functions.length} functions), Redshift Data API, Sheets`,
    startedAt,
  );
  return platform;
}

function print(progress: Progress, home: Home, report: RunReport, alerts: number, failedRuns: number): void {
  const shown = (path: string): string => relative(process.cwd(), path);
  progress.line();
  for (const line of [
    ...renderResult(report),
    '',
    ...renderVerdict(report),
    ...renderQuality(report.quality),
  ])
    progress.line(line);
  if (failedRuns > 0)
    progress.line(
      `${failedRuns} Airflow ${failedRuns === 1 ? 'run' : 'runs'} failed; see ${shown(join(home.logs, 'airflow.log'))}.`,
    );
  progress.line();
  progress.line(`Look at it   duckdb ${shown(home.warehouse)}   ·   npm run airflow`);
  progress.line(
    `Alerts       ${shown(home.mailbox)} (${alerts === 0 ? 'none' : alerts})   ·   report ${shown(join(home.root, 'run-report.json'))}`,
  );
}

function describeOptions({ sources, days }: StartOptions): string {
  const span = days === undefined ? 'the days found' : `${days.length} ${days.length === 1 ? 'day' : 'days'}`;
  return sources.kind === 'given'
    ? `${span} · sources ${sources.directory}`
    : [span, `scale ${sources.scale}`, `seed ${sources.seed}`, ...(sources.effects?.texts ?? [])].join(' · ');
}

const minutes = (seconds: number): string =>
  seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} m ${Math.round(seconds % 60)} s`;

async function untilInterrupted(progress: Progress): Promise<void> {
  progress.line('\nThe services keep running; Ctrl-C ends them.');
  await new Promise<never>(() => setInterval(() => undefined, 60_000));
}

async function stopAll({ airflow, platform }: Running): Promise<void> {
  await airflow?.stop();
  await platform?.stop();
}

/** Ctrl-C, or the end of whoever started us, ends everything. */
function stopAtSignals(running: Running): void {
  const stop = (): void => {
    if (running.isStopping === true) return;
    running.isStopping = true;
    console.log('\nStopped; what is committed stays. Run it again to go on.');
    void stopAll(running).finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
process.exit();
