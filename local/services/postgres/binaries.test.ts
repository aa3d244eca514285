import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { startGuard } from '../processes/guard.ts';
import { locatePostgres } from './binaries.ts';
import { startPostgres, withDatabase } from './server.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postgres-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.runIf(process.getuid?.() === 0)('runs as root below a folder that nobody else may enter', async () => {
  const closed = join(folder, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const temporary = mkdtempSync(join(tmpdir(), 'postgres-run-'));
  const guard = startGuard();
  const { address, child } = await startPostgres({
    dataDirectory: join(closed, 'data'),
    adminPassword: 'secret',
    startAfresh: false,
    logFile: join(folder, 'log'),
    temporaryDirectory: temporary,
    guard,
  });
  try {
    const { rows } = await withDatabase(address, (client) => client.query('show server_version'));
    expect(rows[0]).toEqual({ server_version: expect.stringMatching(/^18\./) as string });
    expect(existsSync(join(closed, 'data'))).toBe(false);
  } finally {
    await child.stop();
    await guard.stop();
    rmSync(temporary, { recursive: true });
  }
});

it.runIf(process.getuid?.() !== 0)('keeps its data where it is told to', async () => {
  const data = join(folder, 'data');
  expect(await locatePostgres(data, folder)).toMatchObject({ dataDirectory: data });
});
