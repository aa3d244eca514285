import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { startServices } from './testing/functions.ts';
import { makeTestFolder } from './testing/platform-run.ts';
import { compareWorlds, compileModels, ingestWorld, writeWorld } from './testing/worlds.ts';

const MINUTES = 60_000;
/** Each found something once, or has what the others lack. */
const SEEDS = [8, 16, 20, 28, 32, 64, 108];
const INGESTED = 14;

const folder = makeTestFolder();
const compiled = join(folder.root, 'compiled');

beforeAll(() => compileModels(compiled, []), 5 * MINUTES);
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
