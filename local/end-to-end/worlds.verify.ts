import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { startServices } from './testing/functions.ts';
import { makeTestFolder } from './testing/platform-run.ts';
import { compareWorlds, compileModels, ingestWorld, writeWorld } from './testing/worlds.ts';

const MINUTES = 60_000;
/** Among them: one channel alone, no snapshots, days outside the calendar, other time zones, a crowd. */
const SEEDS = [6, 10, 20, 28, 33, 36, 41, 150];
const INGESTED = 348;

const folder = makeTestFolder();
const compiled = join(folder.root, 'compiled');

beforeAll(() => compileModels(compiled, []), 10 * MINUTES);
afterAll(() => folder.remove());

it('has the same figures as an independent computation, in worlds of all kinds', async () => {
  expect(await compareWorlds(compiled, SEEDS)).toEqual({});
});

it('has them in a world that the functions have ingested', async () => {
  const sources = join(folder.root, 'sources');
  const history = join(folder.root, 'history.json');
  const steps = await writeWorld(join(folder.root, 'world'), INGESTED);
  writeFileSync(history, JSON.stringify(steps));
  const platform = await startServices(folder, join(folder.root, 'world', 'run-1'));
  try {
    await ingestWorld(platform, sources, steps);
  } finally {
    await platform.stop();
  }
  const { warehouse } = folder.home;
  expect(await compareWorlds(compiled, [INGESTED], '--raw', warehouse, '--history', history)).toEqual({});
});
