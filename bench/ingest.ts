import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { invoke } from '../local/cli/ingest/invoke.ts';
import { generateSources } from '../local/generator/generate.ts';
import { REGION, REPOSITORY } from '../local/services/names.ts';
import { startPlatform, type Platform } from '../local/services/platform.ts';
import { stageSources } from '../local/services/sources.ts';

interface Measured {
  readonly seconds: number;
  readonly maxRssMb: number;
}

const day = '2025-11-20';
const cases = [
  { name: 'customers', functionName: 'customers', file: 'customers/customers_dataset.csv' },
  { name: 'one day of calls', functionName: 'call-logs', file: `call logs/call_logs_day_${day}.csv` },
];

/**
 * Times ingest functions, from invocation to reply with the source already in S3, against pandas' bare conversion of the
 * same file (without defects: pandas would lose rows over them). The two take turns, so that a machine that slows down
 * slows both; ratios are of medians.
 */
export async function timeIngest(scale: number, rounds: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  const sources = join(home, 'sources');
  let platform: Platform | undefined;
  try {
    console.log(`Generating sources of scale ${scale} …`);
    await generateSources({ out: sources, scale, days: [day], seed: 1, defects: 'none' });
    platform = await startPlatform({ home });
    await stageSources(platform, sources);
    for (const { name, functionName, file } of cases) {
      const ours: Measured[] = [];
      const theirs: Measured[] = [];
      for (let round = 0; round < rounds; round++) {
        ours.push(await timeFunction(platform, functionName));
        theirs.push(await timePandas(join(sources, file), join(home, 'pandas.parquet')));
      }
      print(name, ours, theirs);
    }
  } finally {
    await platform?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function timeFunction({ environment, endpoints }: Platform, functionName: string): Promise<Measured> {
  const startedAt = performance.now();
  const answer = await invoke(
    functionName,
    { partition_date: day, force: true },
    { region: REGION, environment },
  );
  const seconds = (performance.now() - startedAt) / 1000;
  if (answer.failed) throw new Error(JSON.stringify(answer.payload));
  const response = await fetch(`${endpoints.lambda}/local/instances`);
  const instances: { function: string; max_rss_mb: number }[] = JSON.parse(await response.text());
  const instance = instances.find((one) => one.function === functionName);
  return { seconds, maxRssMb: instance?.max_rss_mb ?? 0 };
}

async function timePandas(file: string, target: string): Promise<Measured> {
  const python = join(REPOSITORY, '.local', 'venvs', 'bench', 'bin', 'python');
  if (!existsSync(python)) throw new Error('pandas is not installed; run this with npm run bench');
  const { stdout } = await promisify(execFile)(python, [
    join(REPOSITORY, 'bench', 'convert_pandas.py'),
    file,
    target,
  ]);
  const { seconds, max_rss_mb: maxRssMb }: { seconds: number; max_rss_mb: number } = JSON.parse(stdout);
  return { seconds, maxRssMb };
}

function print(name: string, ours: readonly Measured[], theirs: readonly Measured[]): void {
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const [a, b] = [ours, theirs].map((runs) => ({
    seconds: median(runs.map(({ seconds }) => seconds)),
    memory: median(runs.map(({ maxRssMb }) => maxRssMb)),
  }));
  if (a === undefined || b === undefined) return;
  console.log(
    `${name}: function ${a.seconds.toFixed(1)} s, ${Math.round(a.memory)} MiB · pandas ${b.seconds.toFixed(1)} s, ` +
      `${Math.round(b.memory)} MiB · ratio ${(a.seconds / b.seconds).toFixed(2)} in time, ${(a.memory / b.memory).toFixed(2)} in memory`,
  );
}
