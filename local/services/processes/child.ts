import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Guard } from './guard.ts';

export interface ChildOptions {
  /** As people call it, e.g. `PostgreSQL`. */
  name: string;
  command: string;
  args: readonly string[];
  /** The whole environment of the child; nothing is inherited. */
  env: Record<string, string>;
  /** Standard output and error are appended here. */
  logFile: string;
  guard: Guard;
  cwd?: string;
  user?: { uid: number; gid: number };
  stopSignal?: NodeJS.Signals;
  /** Keep the child's standard input open as long as this process lives (for programs that end with it). */
  holdsStdin?: boolean;
}

/** A background process of the platform: leads its own process group, ends with the platform. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the process has ended, whoever ended it. */
  readonly exited: Promise<void>;
  isRunning(): boolean;
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 5_000;

/** Starts a background process. Throws when the program cannot be started at all. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, guard, stopSignal = 'SIGTERM' } = options;
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.command, options.args, {
    cwd: options.cwd ?? '/',
    env: options.env,
    stdio: [options.holdsStdin === true ? 'pipe' : 'ignore', log, log],
    detached: true,
    ...options.user,
  });
  closeSync(log);
  await started(child, name);
  const pid = child.pid ?? 0;
  guard.watch(pid, stopSignal);
  child.stdin?.on('error', () => {});
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      guard.ended(pid);
      resolve();
    });
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const stop = async () => {
    if (!isRunning()) return;
    signalGroup(pid, stopSignal);
    await Promise.race([exited, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
    if (isRunning()) signalGroup(pid, 'SIGKILL');
    await exited;
  };
  return { name, pid, exited, isRunning, stop };
}

/** Waits until `probe` answers true. Throws when the child ends first or the time is over, quoting its log. */
export async function untilReady(
  child: Child,
  logFile: string,
  probe: () => Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (!child.isRunning()) throw new Error(`${child.name} ended while starting.${logTail(logFile)}`);
    if (await probe().catch(() => false)) return;
    if (Date.now() > deadline) {
      throw new Error(`${child.name} did not answer within ${timeoutMs / 1000} s.${logTail(logFile)}`);
    }
    await sleep(20);
  }
}

function logTail(logFile: string): string {
  const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n  ');
  return tail === '' ? '' : ` The end of ${logFile}:\n  ${tail}`;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

function started(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Error(`${name} could not be started: ${cause.message}`)));
  });
}
