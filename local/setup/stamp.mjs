import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was installed from which locks, written last: an installation that was cut short has none. */
const NAME = '.installed.json';

/** @returns {{ locks: Record<string, string>, python?: string } | undefined} */
export function readStamp(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, NAME), 'utf8'));
  } catch {
    return undefined;
  }
}

export function writeStamp(folder, stamp) {
  writeFileSync(join(folder, NAME), `${JSON.stringify(stamp, null, 2)}\n`);
}

/** Of a lock file's content; undefined when there is no such file. */
export function hashOf(file) {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}
