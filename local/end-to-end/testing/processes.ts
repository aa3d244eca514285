import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessWatch {
  /** Command lines of what was started and still lives a moment after its starter's end. */
  leftBehind(): Promise<readonly string[]>;
}

/** How often new processes are looked for. */
const INTERVAL_MS = 200;
/** The watchdog may still be tidying up when the command's exit is seen. */
const GRACE_MS = 3000;

/**
 * Follows everything that descends from a process, also what detaches itself later, and everything whose environment,
 * folder or command line names `mark`. Linux only; elsewhere it sees nothing.
 */
export function watchDescendants(pid: number, mark: string): ProcessWatch {
  const seen = new Map<number, string>();
  const look = (): void => {
    const parents = processes();
    const isDescendant = (one: number | undefined, depth = 0): boolean =>
      one !== undefined && depth < 50 && (one === pid || isDescendant(parents.get(one), depth + 1));
    for (const one of parents.keys()) {
      const began = beginningOf(one);
      if (one === process.pid || one === pid || began === undefined) continue;
      if (isDescendant(one) || names(one, mark)) seen.set(one, began);
    }
  };
  const timer = setInterval(look, INTERVAL_MS);
  timer.unref();
  return {
    async leftBehind() {
      clearInterval(timer);
      look();
      const alive = (): number[] =>
        [...seen].filter(([one, began]) => beginningOf(one) === began).map(([one]) => one);
      for (const deadline = Date.now() + GRACE_MS; alive().length > 0 && Date.now() < deadline;)
        await sleep(50);
      return alive().map((one) => `${one} ${commandOf(one)}`);
    },
  };
}

/** Parents by process. */
function processes(): Map<number, number> {
  if (process.platform !== 'linux') return new Map();
  return new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const parent = statOf(Number(name))?.[1];
        return parent === undefined ? [] : [[Number(name), Number(parent)] as const];
      }),
  );
}

/** Fields of proc(5) stat from the third on: state, parent … */
function statOf(pid: number): string[] | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === '' ? undefined : stat.replace(/^.*\) /s, '').split(' ');
}

/** When a process began; undefined when there is none, or only its remains. */
function beginningOf(pid: number): string | undefined {
  const stat = statOf(pid);
  return stat === undefined || stat[0] === 'Z' ? undefined : stat[19];
}

const names = (pid: number, mark: string): boolean =>
  read(`/proc/${pid}/environ`).includes(mark) ||
  commandOf(pid).includes(mark) ||
  folderOf(pid).includes(mark);

const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');

function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
