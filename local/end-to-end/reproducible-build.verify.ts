import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, expect, it } from 'vitest';

import { copyRepository } from './testing/repository-copy.ts';

const folder = mkdtempSync(join(tmpdir(), 'reproducible-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Builds everything in a copy of the repository; answers the hash of each file that was made. */
async function hashesOfBuild(copy: string, zone: string): Promise<Record<string, string>> {
  const repository = join(folder, copy);
  copyRepository(repository);
  rmSync(join(repository, 'dist'), { recursive: true, force: true });
  await promisify(execFile)(process.execPath, [join(repository, 'local', 'cli', 'build.ts')], {
    cwd: repository,
    env: { ...process.env, TZ: zone },
  });
  const dist = join(repository, 'dist');
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(dist.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

it('all archives, the layer and the release have the same bytes wherever and whenever they are made', async () => {
  const first = await hashesOfBuild('one', 'Pacific/Kiritimati');
  const second = await hashesOfBuild('another place', 'America/Los_Angeles');
  expect(second).toEqual(first);
  expect(Object.keys(first)).toEqual(expect.arrayContaining(['layers/duckdb.zip', 'functions/agents.zip']));
  if (process.platform === 'linux' && process.arch === 'x64')
    expect(Object.keys(first)).toContain('release.json');
});
