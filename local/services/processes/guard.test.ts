import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { REPOSITORY } from '../names.ts';

/** Starts a background process and a temporary folder under a guard, prints both, and then waits for its end. */
const PARENT = `
import { mkdtempSync } from 'node:fs';
import { startGuard } from '${join(import.meta.dirname, 'guard.ts')}';
import { startChild } from '${join(import.meta.dirname, 'child.ts')}';
const [folder, script] = process.argv.slice(1);
const guard = startGuard();
const temporary = mkdtempSync(folder + '/temporary-');
guard.removeAtEnd(temporary);
const child = await startChild({ name: 'x', command: 'sh', args: ['-c', script], env: { PATH: process.env.PATH },
  logFile: folder + '/log', guard });
console.log(JSON.stringify({ pid: child.pid, watchdog: guard.pid, temporary }));
setInterval(() => {}, 1000);
`;

const isAlive = (pid: number) => {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function startParent(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'guard-'));
  const node = join(REPOSITORY, 'node_modules', 'node', 'bin', 'node');
  const parent = spawn(node, ['--input-type=module', '-e', PARENT, folder, script]);
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const facts = JSON.parse(line.toString()) as { pid: number; watchdog: number; temporary: string };
  return { parent, folder, ...facts };
}

it('ends children and removes folders when the parent is killed', async () => {
  const { parent, folder, pid, temporary } = await startParent('sleep 600');
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(pid) || existsSync(temporary), { timeout: 5_000 }).toBe(false);
  rmSync(folder, { recursive: true });
});

it('kills a child that does not listen, and the children of a child', async () => {
  const { parent, folder, pid } = await startParent(
    "trap '' TERM INT; sleep 600 & while :; do sleep 1; done",
  );
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 8_000 }).toBe(false);
  rmSync(folder, { recursive: true });
});
