import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { invoke } from '../local/cli/ingest/invoke.ts';
import { generateSources } from '../local/generator/generate.ts';
import { DEFAULT_SMS_HOURS } from '../local/generator/options.ts';
import { REGION, REPOSITORY } from '../local/services/names.ts';
import { startPlatform, type Platform } from '../local/services/platform.ts';
import { stageSources } from '../local/services/sources.ts';
import type { FunctionDeclaration } from '../shared/fleet/declaration.ts';

const days = ['2025-11-20', '2025-11-21', '2025-11-22', '2025-11-23'];
const slowest = 12;

interface Built {
  readonly seconds: number;
  readonly max_rss_mb: number;
  readonly nodes: readonly { readonly name: string; readonly seconds: number }[];
}

/**
 * Lands and loads four days of every source at a multiple of the real volume, then times `dbt build` of everything from
 * nothing, data tests included, and names the slowest models.
 */
export async function timeDbtBuild(fleet: readonly FunctionDeclaration[], scale: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'bench-dbt-'));
  let platform: Platform | undefined;
  try {
    console.log(`Generating four days of scale ${scale} …`);
    const sources = join(home, 'sources');
    await generateSources({ out: sources, scale, days, seed: 42 });
    platform = await startPlatform({ home });
    await stageSources(platform, sources);
    console.log('Landing and loading them …');
    await landAndLoad(platform, fleet);
    const { environment } = platform;
    await platform.stop();
    platform = undefined;
    print(await build(environment, home));
  } finally {
    await platform?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function landAndLoad(platform: Platform, fleet: readonly FunctionDeclaration[]): Promise<void> {
  await run(platform, 'migrate-warehouse', {});
  for (const { name, source } of fleet) {
    if (source === undefined) continue;
    const { contract } = source;
    const partitions = contract.cadence === 'snapshot' ? days.slice(-1) : days;
    for (const day of partitions)
      for (const hour of contract.cadence === 'hourly' ? DEFAULT_SMS_HOURS : [undefined]) {
        const partition = { partition_date: day, ...(hour !== undefined && { partition_hour: hour }) };
        await run(platform, name, partition);
        await run(platform, 'load-warehouse', { source: contract.source, ...partition });
      }
  }
}

async function run({ environment }: Platform, name: string, event: object): Promise<void> {
  const answer = await invoke(name, event, { region: REGION, environment });
  if (answer.failed) throw new Error(`${name}: ${JSON.stringify(answer.payload)}`);
}

async function build(environment: Readonly<Record<string, string>>, home: string): Promise<Built> {
  const warehouse = join(home, 'warehouse.duckdb');
  const { stdout } = await promisify(execFile)(
    join(REPOSITORY, '.local', 'venvs', 'dbt', 'bin', 'python'),
    [join(REPOSITORY, 'bench', 'dbt_build.py'), join(REPOSITORY, 'dbt')],
    {
      env: {
        ...process.env,
        ...environment,
        DBT_DUCKDB_PATH: warehouse,
        DBT_TARGET_PATH: join(home, 'target'),
        DBT_LOG_PATH: join(home, 'dbt-logs'),
      },
      maxBuffer: 1 << 26,
    },
  );
  const built: Built = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  return built;
}

function print({ seconds, max_rss_mb: memory, nodes }: Built): void {
  console.log(
    `dbt build: ${seconds.toFixed(0)} s, ${Math.round(memory)} MiB, ${nodes.length} nodes; slowest:`,
  );
  for (const node of nodes.slice(0, slowest))
    console.log(`${node.seconds.toFixed(1).padStart(7)} s  ${node.name}`);
}
