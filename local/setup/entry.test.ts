import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const { underInstallLock } = (await import(join(import.meta.dirname, 'install-lock.mjs'))) as {
  underInstallLock(folder: string, work: () => Promise<void>): Promise<void>;
};
const entry = join(import.meta.dirname, 'entry.mjs');
const run = join(import.meta.dirname, 'run.mjs');

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('refuses a command it does not know', async () => {
  const refused = promisify(execFile)(process.execPath, [entry, 'strat']);
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Unknown command "strat". There are: start, test,') as string,
  });
});

it('starts a command that needs nothing new at once', async () => {
  const began = performance.now();
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [entry, 'ingest', '--help']);
  expect(stdout).toContain('Invokes one ingest function');
  expect(stderr).toBe('');
  expect(performance.now() - began).toBeLessThan(10_000);
});

describe('a program in the foreground', () => {
  /** Runs a Node script as `npm run` would, and answers the process that stands in for the entry. */
  function foreground(script: string, ...args: string[]): ChildProcess {
    const program = `import { runForeground } from '${run}';
      await runForeground(process.execPath, ['-e', ${JSON.stringify(script)}, ...process.argv.slice(1)]);`;
    return spawn(process.execPath, ['--input-type=module', '-e', program, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  it('gets the arguments and passes its exit code on', async () => {
    const child = foreground(
      'console.log(process.argv.slice(1).join("|")); process.exitCode = 7;',
      'a b',
      '--c',
    );
    const [said] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    expect(said.toString()).toBe('a b|--c\n');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('gets the signal and decides how to end', async () => {
    const child = foreground(
      `process.on('SIGTERM', () => setTimeout(() => process.exit(3), 50)); console.log('up'); setInterval(() => {}, 1e3);`,
    );
    await once(child.stdout ?? child, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([3, null]);
  });

  it('learns that the entry has been killed', async () => {
    const file = join(folder, 'end');
    const child = foreground(
      `process.once('disconnect', () => { require('fs').writeFileSync('${file}', 'gone'); process.exit(); }); console.log('up');`,
    );
    await once(child.stdout ?? child, 'data');
    child.kill('SIGKILL');
    await expect.poll(() => existsSync(file)).toBe(true);
  });

  it.runIf(process.platform === 'linux')(
    'is ended when npm has been killed, a shell between them or not',
    async () => {
      const entryLine = `"${process.execPath}" --input-type=module -e "$PROGRAM"`;
      for (const line of [`exec ${entryLine}`, `${entryLine}; true`]) {
        const script = `process.on('SIGTERM', () => process.exit()); console.log(process.pid); setInterval(() => {}, 1e3);`;
        const program = `import { runForeground } from '${run}'; await runForeground(process.execPath, ['-e', process.env.SCRIPT]);`;
        // Stands for npm: a process that is neither a shell nor the entry.
        const npm = spawn(
          process.execPath,
          [
            '-e',
            `require('child_process').spawn('sh', ['-c', process.env.SHELL_LINE], { stdio: 'inherit' })`,
          ],
          {
            stdio: ['ignore', 'pipe', 'inherit'],
            env: {
              ...process.env,
              npm_lifecycle_event: 'start',
              SCRIPT: script,
              PROGRAM: program,
              SHELL_LINE: line,
            },
          },
        );
        const [said] = (await once(npm.stdout, 'data')) as [Buffer];
        npm.kill('SIGKILL');
        await expect.poll(() => isAlive(Number(said.toString())), { timeout: 10_000 }).toBe(false);
      }
    },
  );

  it('that was killed makes the entry end by the same signal', async () => {
    const child = foreground(`process.kill(process.pid, 'SIGKILL');`);
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  });
});

describe('installing', () => {
  it('happens in one process at a time', async () => {
    const lock = join(folder, 'install.lock');
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 50));
      running -= 1;
    };
    await Promise.all([1, 2, 3].map(() => underInstallLock(lock, work)));
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  it('goes on when another process died on the way', async () => {
    const lock = join(folder, 'install.lock');
    const dead = spawn('true');
    await once(dead, 'exit');
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(dead.pid));
    await underInstallLock(lock, async () => {
      expect(readFileSync(join(lock, 'pid'), 'utf8')).toBe(String(process.pid));
    });
  });
});
