import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Makes sure that child processes and temporary folders do not outlive this process, however it ends. */
export interface Guard {
  readonly pid: number;
  /** `pid` leads a process group; `signal` asks it to leave. */
  watch(pid: number, signal: NodeJS.Signals): void;
  ended(pid: number): void;
  removeAtEnd(folder: string): void;
  removed(folder: string): void;
  /** Ends the watchdog, and with it whatever is still on its list. */
  stop(): Promise<void>;
}

/** Starts the watchdog in a session of its own, so that neither Ctrl-C nor a killed process group takes it along. */
export function startGuard(): Guard {
  const watchdog = spawn(process.execPath, [join(import.meta.dirname, 'watchdog.mjs')], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: {},
    cwd: '/',
  });
  const { stdin, pid } = watchdog;
  if (pid === undefined) throw new Error('The watchdog process did not start.');
  watchdog.unref();
  stdin.on('error', () => {});
  const say = (line: string) => void stdin.write(`${line}\n`);
  return {
    pid,
    watch: (child, signal) => say(`+${child} ${signal}`),
    ended: (child) => say(`-${child}`),
    removeAtEnd: (folder) => say(`rm ${folder}`),
    removed: (folder) => say(`keep ${folder}`),
    async stop() {
      if (watchdog.exitCode !== null || watchdog.signalCode !== null) return;
      watchdog.ref();
      const gone = once(watchdog, 'exit');
      stdin.end();
      await gone;
    },
  };
}
