import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const { staleEnvironments } = (await import(join(import.meta.dirname, 'environments.mjs'))) as {
  staleEnvironments(repository: string, needs: { environments: string[]; dev: boolean }): Promise<string[]>;
};
const { hashOf } = (await import(join(import.meta.dirname, 'stamp.mjs'))) as { hashOf(file: string): string };

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'environments-'));
  vi.stubEnv('HOME', repository);
  vi.stubEnv('PYENV_ROOT', undefined);
  vi.stubEnv('PATH', join(repository, 'bin'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(repository, { recursive: true });
});

function write(path: string, text: string): string {
  const file = join(repository, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A Python of this version on the path. */
function hasPython(version: string): void {
  const name = `python${version.split('.').slice(0, 2).join('.')}`;
  const answer = JSON.stringify({ path: `/opt/${version}/bin/python`, version, missing: [] });
  chmodSync(write(join('bin', name), `#!/bin/sh\necho '${answer}'\n`), 0o755);
}

/** The environment `dbt`, installed from its lock by this version. */
function hasEnvironment(version: string): void {
  const lock = write('dbt/requirements.lock', 'one==1\n');
  write('.local/venvs/dbt/bin/python', '');
  write(
    '.local/venvs/dbt/.installed.json',
    JSON.stringify({ python: version, locks: { run: hashOf(lock) } }),
  );
}

const stale = () => staleEnvironments(repository, { environments: ['dbt'], dev: false });

it('are current as long as their lock is what was installed', async () => {
  hasPython('3.12.4');
  hasEnvironment('3.12.4');
  expect(await stale()).toEqual([]);
  write('dbt/requirements.lock', 'one==2\n');
  expect(await stale()).toEqual(['dbt']);
});

it('are made again where the Python of MWAA has been installed since', async () => {
  hasEnvironment('3.11.9');
  hasPython('3.11.9');
  expect(await stale()).toEqual([]);
  hasPython('3.12.4');
  expect(await stale()).toEqual(['dbt']);
});

it('stay when their Python is no longer found, and when only its last number differs', async () => {
  hasEnvironment('3.11.9');
  expect(await stale()).toEqual([]);
  hasEnvironment('3.12.1');
  hasPython('3.12.4');
  expect(await stale()).toEqual([]);
});

it('are made again when the Python they were made with is gone', async () => {
  hasEnvironment('3.12.4');
  rmSync(join(repository, '.local/venvs/dbt/bin/python'));
  expect(await stale()).toEqual(['dbt']);
});
