import { execFile } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { partitionLabel as labelOf, type Partition } from '../../../shared/lake/keys.ts';
import { REPOSITORY } from '../../services/names.ts';
import type { Platform } from '../../services/platform.ts';
import { stageSources } from '../../services/sources.ts';
import { readSources } from '../../start/fleet.ts';
import { findSources } from '../../start/found-sources.ts';
import { callUntilDone, stepsOf } from './functions.ts';
import { askModule, type Step } from './oracle.ts';

const run = promisify(execFile);
const folder = join(REPOSITORY, 'local', 'end-to-end', 'oracle', 'worlds');

/** Compiles the project's SQL into `out`, once per variant of dbt's variables (all of them unless given). */
export async function compileModels(out: string, variants: readonly string[]): Promise<void> {
  const python = join(REPOSITORY, '.local', 'venvs', 'dbt', 'bin', 'python');
  await run(python, [join(folder, 'compile.py'), out, ...variants], { maxBuffer: 1 << 26 });
}

/** Writes the sources of a seed's world into `out`; answers what happens to them. */
export async function writeWorld(out: string, seed: number): Promise<Step[]> {
  return JSON.parse(await askModule('oracle.worlds', 'write', out, String(seed)));
}

/** What differs, by the world that it differs in; `more` as the command's own options. */
export async function compareWorlds(
  compiled: string,
  seeds: readonly number[],
  ...more: readonly string[]
): Promise<Record<string, string[]>> {
  return JSON.parse(await askModule('oracle.worlds', 'compare', compiled, ...seeds.map(String), ...more));
}

/** Lets the functions ingest and load whatever a world's history brings, in its order. */
export async function ingestWorld(
  platform: Platform,
  sources: string,
  steps: readonly Step[],
): Promise<void> {
  const withdrawn = new Set<string>();
  for (const step of steps) {
    if ('withdraw' in step) {
      const [source, date, hour] = step.withdraw;
      const partition = { source, date, hour: hour < 0 ? null : hour };
      withdrawn.add(labelOf(partition));
      await bring(platform, partition, { withdraw: true });
      continue;
    }
    rmSync(sources, { recursive: true, force: true });
    cpSync(step.sources, sources, { recursive: true });
    await stageSources(platform, sources);
    for (const partition of [...findSources(sources, readSources(), step.days).expected.values()].flat())
      if (!withdrawn.has(labelOf(partition))) await bring(platform, partition, { accept_volume: true });
  }
}

async function bring(platform: Platform, partition: Partition, how: object): Promise<void> {
  for (const [name, event] of stepsOf(partition))
    await callUntilDone(platform, name, name === 'load-warehouse' ? event : { ...event, ...how });
}
