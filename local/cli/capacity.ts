/** Measures what a day of a given volume takes of every function's limits; see docs/operations/capacity.md. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from '../../shared/fleet/build-if-changed.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import type { FunctionDeclaration } from '../../shared/fleet/declaration.ts';
import { generateSources } from '../generator/generate.ts';
import { REGION, REPOSITORY } from '../services/names.ts';
import { startPlatform, type Platform } from '../services/platform.ts';
import { stageSources } from '../services/sources.ts';
import { invoke } from './ingest/invoke.ts';

const usage = `npm run capacity [-- --scale 1]

Lands and loads one day of every source at a multiple of the real volume (1 is 2.5 million customers and 380,000 calls)
and prints, for each function, its time, memory and temporary disk and which share of its limits that is. Scale 10 needs
20 GB of disk and about eight minutes.`;

const day = '2025-11-20';
const hour = 8;

const { values } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, help: { type: 'boolean' } },
});
if (values.help === true) {
  console.log(usage);
} else {
  const scale = Number(values.scale);
  if (!(scale > 0)) throw new RangeError(`--scale must be a number above 0, not "${values.scale}".`);
  await measure(scale);
}

async function measure(scale: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'capacity-'));
  let platform: Platform | undefined;
  try {
    console.log(`Generating a day of scale ${scale} …`);
    const sources = join(home, 'sources');
    await generateSources({ out: sources, scale, days: [day], seed: 1, smsHours: [hour], defects: 'none' });
    const fleet = await loadFleet(REPOSITORY);
    await buildIfChanged(REPOSITORY, fleet);
    platform = await startPlatform({ home });
    await stageSources(platform, sources);
    await run(platform, 'migrate-warehouse', {});
    for (const { name, source } of fleet) {
      if (source === undefined) continue;
      const { contract } = source;
      const partition = {
        partition_date: day,
        ...(contract.cadence === 'hourly' && { partition_hour: hour }),
      };
      await run(platform, name, partition);
      await run(platform, 'load-warehouse', { source: contract.source, ...partition });
    }
    print(fleet, await readInvocations(home));
  } finally {
    await platform?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** A function that runs into one of its limits is a finding, not a failure of the measurement. */
async function run({ environment }: Platform, name: string, event: object): Promise<void> {
  const answer = await invoke(name, event, { region: REGION, environment });
  if (answer.failed) console.log(`${name}: ${JSON.stringify(answer.payload)}`);
}

interface Invocation {
  readonly function: string;
  readonly event: { readonly source?: string };
  readonly duration_ms: number;
  readonly max_rss_mb: number;
  readonly max_disk_mb: number;
}

async function readInvocations(home: string): Promise<Invocation[]> {
  const lines = await readFile(join(home, 'logs', 'invocations.jsonl'), 'utf8');
  return lines
    .trim()
    .split('\n')
    .map((line): Invocation => JSON.parse(line));
}

function print(fleet: readonly FunctionDeclaration[], invocations: readonly Invocation[]): void {
  console.log('| function | time | of its limit | memory | of its limit | disk | of its limit |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const invocation of invocations) {
    const declared = fleet.find(({ name }) => name === invocation.function);
    if (declared === undefined || declared.name === 'migrate-warehouse') continue;
    const { source } = invocation.event;
    const seconds = invocation.duration_ms / 1000;
    const cells = [
      source === undefined ? declared.name : `${declared.name}: ${source}`,
      `${seconds.toFixed(1)} s`,
      percent(seconds, declared.timeoutSeconds),
      `${invocation.max_rss_mb} MB`,
      percent(invocation.max_rss_mb, declared.memoryMb),
      `${invocation.max_disk_mb} MB`,
      percent(invocation.max_disk_mb, declared.temporaryDiskMb),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function percent(value: number, limit: number): string {
  return `${Math.round((100 * value) / limit)} %`;
}
