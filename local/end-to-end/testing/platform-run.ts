import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Home, homeFolder } from '../../services/home.ts';
import { REPOSITORY } from '../../services/names.ts';
import type { RunReport } from '../../start/report.ts';
import { type ProcessWatch, watchDescendants } from './processes.ts';

/** A folder that one test's platform lives in: its home, its temporary files, and room for sources. */
export interface TestFolder {
  readonly root: string;
  readonly home: Home;
  readonly temporary: string;
  remove(): void;
}

/** What a command left behind when it ended. */
export interface Ended {
  /** As a shell reports it: 130 after Ctrl-C. */
  readonly exitCode: number | null;
  /** Standard output and standard error. */
  readonly output: string;
  readonly seconds: number;
  /** Command lines of processes that it started and that still live. */
  readonly leftBehind: readonly string[];
}

/** A command under way. */
export interface Running {
  readonly process: ChildProcess;
  /** Resolves when its output matches; rejects when it ends before. */
  saying(pattern: RegExp): Promise<void>;
  readonly ended: Promise<Ended>;
}

export function makeTestFolder(): TestFolder {
  const root = mkdtempSync(join(tmpdir(), 'e2e-'));
  // Open to all, so that PostgreSQL's own user may enter where the tests run as root.
  chmodSync(root, 0o755);
  const temporary = join(root, 'tmp');
  mkdirSync(temporary, { mode: 0o777 });
  chmodSync(temporary, 0o1777);
  return {
    root,
    home: homeFolder(join(root, 'home')),
    temporary,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Runs `npm start -- …args` to its end. */
export const start = (folder: TestFolder, ...args: string[]): Promise<Ended> =>
  begin(folder, 'start', args).ended;

/** Runs `npm run ingest -- …args` to its end. */
export const ingest = (folder: TestFolder, ...args: string[]): Promise<Ended> =>
  begin(folder, 'ingest', args).ended;

/** Begins a command of `local/cli` in a home of its own, with `repository` as the clone. */
export function begin(
  folder: TestFolder,
  command: 'start' | 'ingest' | 'fleet',
  args: readonly string[],
  repository = REPOSITORY,
): Running {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(repository, 'local', 'cli', `${command}.ts`), ...args], {
    cwd: repository,
    env: { ...userEnvironment(), PLATFORM_HOME: folder.home.root, TMPDIR: folder.temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const watch = watchDescendants(child.pid ?? 0, folder.root);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = endOf(child, watch, () => output, startedAt);
  return {
    process: child,
    ended,
    async saying(pattern) {
      let hasEnded = false;
      void ended.then(() => (hasEnded = true));
      while (!pattern.test(output)) {
        if (hasEnded) throw new Error(`It ended without saying ${pattern}:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

async function endOf(
  child: ChildProcess,
  watch: ProcessWatch,
  output: () => string,
  startedAt: number,
): Promise<Ended> {
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  const leftBehind = await watch.leftBehind();
  return { exitCode, output: output(), seconds: (performance.now() - startedAt) / 1000, leftBehind };
}

/** The environment without what the test runner put there. */
function userEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'NODE_ENV' && !name.startsWith('VITEST')),
  );
}

export const reportOf = ({ home }: TestFolder): RunReport =>
  JSON.parse(readFileSync(join(home.root, 'run-report.json'), 'utf8')) as RunReport;

/** Texts of the mails, oldest first. */
export const mailsOf = ({ home }: TestFolder): string[] =>
  readdirSync(home.mailbox)
    .toSorted()
    .map((name) => readFileSync(join(home.mailbox, name), 'utf8'));
