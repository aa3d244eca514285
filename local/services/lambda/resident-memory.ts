import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** How often a running function is looked at. Asking `ps`, where there is no /proc, is dearer. */
const INTERVAL_MS = process.platform === 'linux' ? 50 : 500;

export interface MemoryWatch {
  /** The most the process held since the last `restart`, in MB, as far as it was seen. */
  peakMb(): number;
  restart(): void;
  stop(): void;
}

/** Watches a process's resident memory, native memory included, and calls `exceeded` once it is above the limit. */
export function watchMemory(pid: number, limitMb: number, exceeded: () => void): MemoryWatch {
  let peak = 0;
  const look = () => {
    void residentMb(pid).then(({ now, highest }) => {
      peak = Math.max(peak, highest);
      if (now > limitMb) {
        clearInterval(timer);
        exceeded();
      }
    });
  };
  const timer = setInterval(look, INTERVAL_MS);
  timer.unref();
  return {
    peakMb: () => Math.round(Math.max(peak, fromProc(pid)?.highest ?? 0)),
    restart() {
      peak = 0;
      forgetPeak(pid);
    },
    stop: () => clearInterval(timer),
  };
}

interface Resident {
  readonly now: number;
  /** Linux keeps the high-water mark itself, so that no peak between two looks is missed. */
  readonly highest: number;
}

const GONE: Resident = { now: 0, highest: 0 };

async function residentMb(pid: number): Promise<Resident> {
  if (process.platform === 'linux') return fromProc(pid) ?? GONE;
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    const now = Number(stdout) / 1024;
    return { now, highest: now };
  } catch {
    return GONE;
  }
}

function fromProc(pid: number): Resident | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    return { now: read('VmRSS'), highest: read('VmHWM') };
  } catch {
    return undefined;
  }
}

/** Resets Linux's high-water mark (proc(5), clear_refs), so that an invocation is charged only with its own peak. */
function forgetPeak(pid: number): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Not permitted here: the mark then covers the instance's whole life, as Lambda's own report does.
  }
}
