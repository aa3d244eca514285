import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Release } from '../shared/fleet/build.ts';
import { reproducibleZip } from '../shared/fleet/zip.ts';
import { unpackArtifacts } from '../local/services/lambda/artifacts.ts';
import { readFleetFile, type LocalFunction } from '../local/services/lambda/fleet-file.ts';
import { startLambda, type LambdaService } from '../local/services/lambda/invoke-api.ts';
import { REFERENCES, REPOSITORY } from '../local/services/names.ts';
import { startGuard } from '../local/services/processes/guard.ts';

export interface StartTimes {
  readonly name: string;
  /** Bytes of `index.js` */
  readonly codeBytes: number;
  /** Median milliseconds of an invocation that starts an instance, and of one that finds it running. */
  readonly coldMs: number;
  readonly warmMs: number;
  /** Median milliseconds of processor time until the first answer, all threads; NaN where /proc does not tell. */
  readonly coldCpuMs: number;
}

const peer = 'empty-handler';
const warmInvocations = 5;

/**
 * Times the first and later invocations of every function through the local Lambda endpoint, and of a handler that does
 * nothing, in turns. The event is one that no function knows, so that each ends when it has started: what is timed is a
 * process, the runtime's client, loading the bundle, settings and clients.
 */
export async function measureStarts({ functions }: Release, rounds: number): Promise<readonly StartTimes[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cold-start-'));
  const guard = startGuard();
  guard.removeAtEnd(folder);
  let lambda: LambdaService | undefined;
  try {
    const declared = await withPeer(join(folder, 'dist'), Object.keys(functions));
    lambda = await startLambda({
      functions: declared,
      artifactsOf: await unpackArtifacts(declared, join(folder, 'dist'), join(folder, 'unpacked')),
      // Nothing listens there: whoever makes a call fails.
      addresses: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_SECRET_ACCESS_KEY: 'none' },
      logFolder: join(folder, 'logs'),
      invocationLog: join(folder, 'invocations.jsonl'),
      guard,
    });
    const times = new Map(
      declared.map(({ name }) => [name, { cold: [] as number[], warm: [] as number[], cpu: [] as number[] }]),
    );
    for (let round = 0; round < rounds; round++)
      for (const [name, { cold, warm, cpu }] of times) {
        cold.push(await timeOnce(lambda, name));
        for (const { pid } of await instancesOf(lambda)) cpu.push(processorMs(pid));
        for (let again = 0; again < warmInvocations; again++) warm.push(await timeOnce(lambda, name));
        await endInstances(lambda);
      }
    return [...times].map(([name, { cold, warm, cpu }]) => ({
      name,
      codeBytes: functions[name]?.code_bytes ?? 0,
      coldMs: median(cold),
      warmMs: median(warm),
      coldCpuMs: median(cpu),
    }));
  } finally {
    await lambda?.stop();
    await guard.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The functions as they are declared, and one that does nothing, with their archives. */
async function withPeer(dist: string, names: readonly string[]): Promise<readonly LocalFunction[]> {
  mkdirSync(join(dist, 'functions'), { recursive: true });
  mkdirSync(join(dist, 'layers'), { recursive: true });
  for (const file of [...names.map((name) => `functions/${name}.zip`), 'layers/duckdb.zip'])
    await copyFile(join(REPOSITORY, 'dist', file), join(dist, file));
  const handler = Buffer.from("exports.handler = async () => { throw new Error('nothing'); };");
  writeFileSync(join(dist, 'functions', `${peer}.zip`), reproducibleZip(new Map([['index.js', handler]])));
  const fleet = readFleetFile(join(REPOSITORY, 'terraform', 'generated', 'functions.json'), REFERENCES);
  const [first] = fleet;
  if (first === undefined) throw new Error('there is no function');
  return [
    { ...first, name: peer, layers: [], environment: {} },
    ...fleet.filter(({ name }) => names.includes(name)),
  ];
}

async function timeOnce({ endpoint }: LambdaService, name: string): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    body: JSON.stringify('start and stop'),
  });
  const { errorType }: { errorType?: string } = JSON.parse(await answer.text());
  const ms = performance.now() - startedAt;
  if (errorType !== (name === peer ? 'Error' : 'InvalidRequest'))
    throw new Error(`${name} ended with ${errorType}, so its start was not timed`);
  return ms;
}

async function instancesOf({ endpoint }: LambdaService): Promise<readonly { readonly pid: number }[]> {
  const instances: { pid: number }[] = JSON.parse(await (await fetch(`${endpoint}/local/instances`)).text());
  return instances;
}

async function endInstances(lambda: LambdaService): Promise<void> {
  for (const { pid } of await instancesOf(lambda))
    await fetch(`${lambda.endpoint}/local/instances/${pid}`, { method: 'DELETE' });
}

/** Linux counts, in nanoseconds, what each thread has run (proc(5), schedstat): a busy machine does not add to it. */
function processorMs(pid: number): number {
  try {
    const folder = `/proc/${pid}/task`;
    return readdirSync(folder)
      .map((thread) => Number(readFileSync(join(folder, thread, 'schedstat'), 'utf8').split(' ')[0]) / 1e6)
      .reduce((sum, ms) => sum + ms, 0);
  } catch {
    return NaN;
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** A table, each function beside the handler that does nothing. */
export function describeStarts(times: readonly StartTimes[]): string {
  const nothing = times.find(({ name }) => name === peer);
  const beside = (value: number, empty: number | undefined): string => (value / (empty ?? NaN)).toFixed(1);
  const cells = times.map(({ name, codeBytes, coldMs, coldCpuMs, warmMs }) => [
    name,
    codeBytes === 0 ? '–' : `${Math.round(codeBytes / 1000)} kB`,
    `${Math.round(coldMs)} ms`,
    beside(coldMs, nothing?.coldMs),
    `${Math.round(coldCpuMs)} ms`,
    beside(coldCpuMs, nothing?.coldCpuMs),
    `${warmMs.toFixed(1)} ms`,
  ]);
  const heading = ['function', 'code', 'cold', ': empty', 'cold, processor', ': empty', 'warm'];
  const rows = [heading, heading.map(() => '---'), ...cells];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
