import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
}

const peer = 'empty-handler';
const warmInvocations = 5;

/**
 * Times the first and later invocations of every function through the local Lambda endpoint, and of a handler that does
 * nothing, in turns. The event is one that no function knows, so that each ends when it has started: what is timed is a
 * process, the runtime's client, loading the bundle (and the native library), settings and clients.
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
    const times = new Map(declared.map(({ name }) => [name, { cold: [] as number[], warm: [] as number[] }]));
    for (let round = 0; round < rounds; round++)
      for (const [name, { cold, warm }] of times) {
        cold.push(await timeOnce(lambda, name));
        for (let again = 0; again < warmInvocations; again++) warm.push(await timeOnce(lambda, name));
        await endInstances(lambda);
      }
    return [...times].map(([name, { cold, warm }]) => ({
      name,
      codeBytes: functions[name]?.code_bytes ?? 0,
      coldMs: median(cold),
      warmMs: median(warm),
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

async function endInstances({ endpoint }: LambdaService): Promise<void> {
  const instances: { pid: number }[] = JSON.parse(await (await fetch(`${endpoint}/local/instances`)).text());
  for (const { pid } of instances) await fetch(`${endpoint}/local/instances/${pid}`, { method: 'DELETE' });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** A table, each function beside the handler that does nothing. */
export function describeStarts(times: readonly StartTimes[]): string {
  const nothing = times.find(({ name }) => name === peer)?.coldMs ?? NaN;
  const cells = times.map(({ name, codeBytes, coldMs, warmMs }) => [
    name,
    codeBytes === 0 ? '–' : `${Math.round(codeBytes / 1000)} kB`,
    `${Math.round(coldMs)} ms`,
    `${warmMs.toFixed(1)} ms`,
    (coldMs / nothing).toFixed(1),
  ]);
  const rows = [
    ['function', 'code', 'cold', 'warm', 'cold : empty'],
    ['---', '---', '---', '---', '---'],
    ...cells,
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
