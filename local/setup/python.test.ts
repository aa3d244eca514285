import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

const { findPython } = (await import(join(import.meta.dirname, 'python.mjs'))) as {
  findPython(environment: Record<string, string | undefined>): Promise<{ path: string; version: string }>;
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'python-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An environment with these folders on the path and an empty home. */
const onPath = (...folders: string[]) => ({ PATH: folders.join(':'), HOME: folder });

/** A program that answers as a Python of the given version would. */
function python(place: string, name: string, version: string, missing: readonly string[] = []): string {
  const answer = JSON.stringify({ path: `/opt/${version}/bin/python`, version, missing });
  return program(place, name, `echo '${answer}'`);
}

function program(place: string, name: string, script: string): string {
  mkdirSync(join(folder, place), { recursive: true });
  const file = join(folder, place, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return join(folder, place);
}

it('passes over a version manager’s shim for a version that is not installed', async () => {
  const shims = program('shims', 'python3.12', 'echo "pyenv: python3.12: command not found" >&2; exit 127');
  const real = python('usr', 'python3.12', '3.12.4');
  expect(await findPython(onPath(shims, real))).toEqual({
    path: '/opt/3.12.4/bin/python',
    version: '3.12.4',
  });
});

it('prefers 3.12, then 3.11, wherever they stand on the path', async () => {
  const first = python('a', 'python3.13', '3.13.1');
  const second = python('b', 'python3.11', '3.11.9');
  expect((await findPython(onPath(first, second))).version).toBe('3.11.9');
});

it('takes a complete one before one that cannot make environments', async () => {
  const bare = python('a', 'python3.12', '3.12.3', ['ensurepip']);
  const whole = python('b', 'python3.11', '3.11.9');
  expect((await findPython(onPath(bare, whole))).version).toBe('3.11.9');
});

it('says which package is missing when none can make environments', async () => {
  const bare = python('a', 'python3.12', '3.12.3', ['ensurepip']);
  await expect(findPython(onPath(bare))).rejects.toThrow(
    /it lacks ensurepip\. On Debian and Ubuntu: apt-get install python3\.12-venv/,
  );
});

it('names the old ones it found', async () => {
  const old = python('a', 'python3', '3.9.2');
  await expect(findPython(onPath(old))).rejects.toThrow(
    'Python 3.11 or newer is needed and was not found on the path (found only: /opt/3.9.2/bin/python is 3.9.2)',
  );
});

it('finds a 3.12 that pyenv has installed but not selected, the newest of several', async () => {
  const real = python('usr', 'python3.11', '3.11.9');
  python('.pyenv/versions/3.12.9/bin', 'python3.12', '3.12.9');
  python('.pyenv/versions/3.12.10/bin', 'python3.12', '3.12.10');
  expect((await findPython(onPath(real))).version).toBe('3.12.10');
  python('elsewhere/versions/3.12.1/bin', 'python3.12', '3.12.1');
  expect((await findPython({ PATH: real, PYENV_ROOT: join(folder, 'elsewhere') })).version).toBe('3.12.1');
});

it('finds the one of this machine', async () => {
  expect((await findPython(process.env)).version).toMatch(/^3\.1[1-9]\./);
});
