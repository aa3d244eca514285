import { readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfChanged } from '../../shared/fleet/build-if-changed.ts';
import { loadFleet } from '../../shared/fleet/load-fleet.ts';
import { invoke } from '../cli/ingest/invoke.ts';
import { generateSources } from '../generator/generate.ts';
import { plantedCount, type Truth } from '../generator/truth.ts';
import type { Home } from '../services/home.ts';
import { REGION, REPOSITORY } from '../services/names.ts';
import type { Platform } from '../services/platform.ts';
import { stageSources } from '../services/sources.ts';
import type { StartOptions } from './options.ts';
import type { Progress } from './progress.ts';
import { generatedFolder } from './run-state.ts';

/** Makes the functions' archives. */
export async function buildFunctions(progress: Progress): Promise<void> {
  const startedAt = performance.now();
  const fleet = await loadFleet(REPOSITORY);
  progress.now('Functions: bundling');
  const isNew = await buildIfChanged(REPOSITORY, fleet);
  progress.done(
    `${fleet.length} functions ${isNew ? 'bundled' : 'unchanged'}: ${fleet.map(({ name }) => name).join(', ')}`,
    startedAt,
  );
}

/** The folder of sources to run on, generated first if need be. */
export async function prepareSources(
  home: Home,
  { sources, days }: StartOptions,
  progress: Progress,
): Promise<string> {
  if (sources.kind === 'given') return sources.directory;
  const startedAt = performance.now();
  const out = generatedFolder(home);
  const truth = await generateSources({
    out,
    scale: sources.scale,
    seed: sources.seed,
    days: days ?? [],
    effects: sources.effects?.planted,
    onProgress: ({ rowsDone, rowsTotal, path }) =>
      progress.now(`Sources: ${Math.round((100 * rowsDone) / rowsTotal)} %  ${path}`),
  });
  progress.done(`Sources: ${describeTruth(truth)}`, startedAt);
  return out;
}

function describeTruth(truth: Truth): string {
  const records = (source: string): string => (truth.sources[source]?.distinct ?? 0).toLocaleString('en');
  const complaints = ['call_logs', 'social_media', 'web_forms', 'sms']
    .reduce((total, source) => total + (truth.sources[source]?.distinct ?? 0), 0)
    .toLocaleString('en');
  return `${records('customers')} customers · ${records('agents')} agents · ${complaints} complaints · ${plantedCount(truth).toLocaleString('en')} defects planted`;
}

/** Puts the sources where the functions look for them. */
export async function stage(platform: Platform, folder: string, progress: Progress): Promise<void> {
  const startedAt = performance.now();
  progress.now('Staging the sources');
  const { bucket, tables, agents, problems } = await stageSources(platform, folder);
  for (const { file, line, reason } of problems.slice(0, 20))
    progress.line(`  ! ${file} line ${line} cannot be a row (${reason}); it is not part of the source`);
  if (problems.length > 20) progress.line(`  ! … and ${problems.length - 20} more such lines`);
  const sheet = agents === null ? 'no sheet' : 'one sheet';
  const objects = Object.values(bucket).reduce((total, part) => total + sizeOf(part), 0);
  progress.done(`Staged: ${objects} objects, ${tables.length} tables, ${sheet}`, startedAt);
}

const sizeOf = (part: unknown): number =>
  typeof part === 'number' ? part : Array.isArray(part) ? part.length : 0;

/** Brings the warehouse's schemas and raw tables up to date. */
export async function migrate(platform: Platform, progress: Progress): Promise<void> {
  const startedAt = performance.now();
  progress.now('Warehouse: migrations');
  const answer = await invoke('migrate-warehouse', {}, { region: REGION, environment: platform.environment });
  if (answer.failed)
    throw new Error(`The warehouse could not be migrated: ${JSON.stringify(answer.payload)}`);
  progress.done('Warehouse: schemas and raw tables', startedAt);
}

/** Alerts in the mailbox, oldest first. */
export const alertsIn = (home: Home): string[] =>
  existsSync(home.mailbox)
    ? readdirSync(home.mailbox)
        .filter((name) => name.endsWith('.eml'))
        .map((name) => join(home.mailbox, name))
    : [];
