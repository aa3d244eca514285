import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitRows } from './testing/test-lake.ts';
import { connectWorld, ledgerRows, standingRows, type World } from './testing/world.ts';
import { startObjectServer, type ObjectServer } from './testing/object-server.ts';
import type { Partition } from '../../../shared/lake/keys.ts';

const monday: Partition = { source: 'visits', date: '2025-11-17', hour: null };
const rowsPerLoad = 20_000;

let directory: string;
let objects: ObjectServer;
let child: ChildProcess | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'killed-test-'));
  objects = await startObjectServer();
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await objects.close();
  await rm(directory, { recursive: true, force: true });
});

/** The stand-in as a process of its own, as `npm start` runs it. */
async function startChild(): Promise<World> {
  const databaseFile = join(directory, 'warehouse.duckdb');
  const main = join(import.meta.dirname, 'main.ts');
  const args = [main, '--port', '0', '--database', databaseFile, '--s3', objects.endpoint];
  const started = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: directory },
  });
  child = started;
  const [line] = (await once(createInterface(started.stdout), 'line')) as [string];
  return connectWorld({ port: Number(line.split(':').at(-1)), objects, directory, databaseFile });
}

async function kill(): Promise<void> {
  if (child === undefined) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

describe('a warehouse process that is killed in the middle of a load', () => {
  it('has all of the load or nothing of it, and loading again ends as if nothing had happened', async () => {
    let world = await startChild();
    await world.migrate();
    for (const [round, delayMs] of [5, 40, 80, 120, 160, 200].entries()) {
      await world.lake.commit(monday, visitRows(`r${round}`, rowsPerLoad));
      const broken = world.load(monday).catch(() => undefined);
      await sleep(delayMs);
      await kill();
      await broken;
      await world.disconnect();

      world = await startChild();
      const loads = await world.rows(
        'select commit_seq::integer, rows_loaded::integer from raw_data.load_ledger',
      );
      const counts = await world.rows('select count(*)::integer from raw_data.visits');
      expect(counts[0]?.[0]).toBe(loads.length === 0 ? 0 : rowsPerLoad);
      await world.load(monday);
      expect((await world.rows(ledgerRows))[0]?.[3]).toBe(round + 1);
      expect((await world.rows('select count(*)::integer from raw_data.visits'))[0]?.[0]).toBe(rowsPerLoad);
    }
    expect((await world.rows(standingRows))[0]?.[2]).toBe('r5-0');
    await world.disconnect();
  }, 60_000);

  it('ends by itself when whoever started it goes away', async () => {
    const world = await startChild();
    await world.disconnect();
    const exited = once(child ?? expect.unreachable(), 'exit');
    child?.stdin?.end();
    expect(await exited).toEqual([0, null]);
  });
});
