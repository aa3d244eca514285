import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Home } from '../services/home.ts';
import { runningServices } from '../services/lock.ts';
import { UsageError, type StartOptions } from './options.ts';

/** What the lake in `.local/` was made from; going on with something else would mix two companies' data. */
interface RunState {
  readonly sources: string;
}

const stateFile = (home: Home): string => join(home.root, 'run-state.json');

/** Generated sources lie here, in the layout that `--sources` takes. */
export const generatedFolder = (home: Home): string => join(home.root, 'sources');

/**
 * Forgets everything that runs have made; what was installed stays, and so do the secrets. Throws `UsageError` while
 * services run from this home.
 */
export function forget(home: Home): void {
  refuseWhileInUse(home);
  for (const path of [
    home.lakeStore,
    home.postgres,
    home.warehouse,
    `${home.warehouse}.wal`,
    home.logs,
    home.mailbox,
    home.sheet,
    join(home.root, 'run-report.json'),
    generatedFolder(home),
    stateFile(home),
  ])
    rmSync(path, { recursive: true, force: true });
}

/**
 * Refuses, by a `UsageError`, to go on with other sources than those of the run before, or while services run from
 * this home; remembers these sources for the next run.
 */
export function claim(home: Home, { sources }: StartOptions): void {
  refuseWhileInUse(home);
  const wanted =
    sources.kind === 'given'
      ? `the files of ${resolve(sources.directory)}`
      : `generated sources of scale ${sources.scale}, seed ${sources.seed}${(sources.effects?.texts ?? [])
          .map((text) => `, effect ${text}`)
          .join('')}`;
  const path = stateFile(home);
  if (existsSync(path)) {
    const state: RunState = JSON.parse(readFileSync(path, 'utf8'));
    if (state.sources !== wanted)
      throw new UsageError(
        `The lake in ${home.root} holds ${state.sources}; this run asks for ${wanted}.\n` +
          'Add --fresh to begin anew, or leave the options as they were to go on.',
      );
    return;
  }
  mkdirSync(home.root, { recursive: true });
  writeFileSync(path, JSON.stringify({ sources: wanted } satisfies RunState));
}

function refuseWhileInUse({ root, servicesFile }: Home): void {
  const running = runningServices(servicesFile);
  if (running === undefined) return;
  throw new UsageError(
    `The local services already run from ${root} (process ${running.owner.pid}).\n` +
      'Stop them first (Ctrl-C there), or use them: npm run ingest -- … --local',
  );
}
