import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How often a running function's temporary folder is looked at. */
const INTERVAL_MS = 100;
const BLOCK_BYTES = 512;
const MB = 1024 * 1024;

export interface DiskWatch {
  /** The most the folder held since the last `restart`, in MB, as far as it was seen. */
  peakMb(): number;
  restart(): void;
  stop(): void;
}

/**
 * Watches what a temporary folder holds and calls `exceeded` once that is above the limit. A file that was removed while
 * it is open is not seen.
 */
export function watchDisk(folder: string, limitMb: number, exceeded: () => void): DiskWatch {
  let peak = 0;
  const look = () => {
    const now = usedBytes(folder) / MB;
    peak = Math.max(peak, now);
    if (now > limitMb) {
      clearInterval(timer);
      exceeded();
    }
  };
  const timer = setInterval(look, INTERVAL_MS);
  timer.unref();
  return {
    peakMb: () => Math.round(Math.max(peak, usedBytes(folder) / MB)),
    restart: () => (peak = 0),
    stop: () => clearInterval(timer),
  };
}

/** Bytes on disk below a folder; what is removed meanwhile counts nothing. */
function usedBytes(folder: string): number {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sum + usedBytes(path);
      return sum + (statSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * BLOCK_BYTES;
    }, 0);
  } catch {
    return 0;
  }
}
