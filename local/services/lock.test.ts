import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import {
  type ServicesFile,
  markOf,
  readServicesFile,
  runningServices,
  takeHome,
  writeServicesFile,
} from './lock.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'home-'));
  file = join(folder, 'services.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const running = (owner: number): ServicesFile => ({
  state: 'running',
  owner: markOf('owner', owner),
  children: [],
  endpoints: { aws: 'http://127.0.0.1:1' },
  environment: { AWS_REGION: 'eu-north-1' },
});

it('is taken by one process at a time', () => {
  takeHome(file);
  expect(() => takeHome(file)).toThrow(`already run from ${folder} (process ${process.pid})`);
});

it('is free again when its owner has died, even if another process has its number now', () => {
  writeServicesFile(file, {
    ...running(process.pid),
    owner: { name: 'owner', pid: process.pid, began: 'long ago' },
  });
  expect(runningServices(file)).toBeUndefined();
  takeHome(file);
  expect(readServicesFile(file)?.owner).toEqual(markOf('owner', process.pid));
});

it('ends what a dead owner left behind', async () => {
  const leftover = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  await once(leftover, 'spawn');
  writeServicesFile(file, {
    ...running(process.pid),
    owner: { name: 'owner', pid: process.pid, began: 'long ago' },
    children: [markOf('sleep', leftover.pid ?? 0)],
  });
  takeHome(file);
  expect(await once(leftover, 'exit')).toEqual([null, 'SIGKILL']);
});

it('recovers from a file that cannot be read', () => {
  writeFileSync(file, '{"state":');
  takeHome(file);
  expect(readServicesFile(file)?.state).toBe('starting');
});

it('tells where running services are, and nothing while they start', () => {
  takeHome(file);
  expect(runningServices(file)).toBeUndefined();
  writeServicesFile(file, running(process.pid));
  expect(runningServices(file)?.environment).toEqual({ AWS_REGION: 'eu-north-1' });
  rmSync(file);
  expect(existsSync(file)).toBe(false);
  expect(runningServices(file)).toBeUndefined();
});
