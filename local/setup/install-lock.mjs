import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `work` while no other process installs into the same repository; waits for one that does. */
export async function underInstallLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  let hasSaidSo = false;
  while (!take(folder)) {
    if (isAbandoned(folder)) {
      discard(folder);
      continue;
    }
    if (!hasSaidSo) process.stderr.write('  … waiting for another process that is installing\n');
    hasSaidSo = true;
    await sleep(200);
  }
  try {
    await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Making a folder either succeeds for one process or fails. */
function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

function isAbandoned(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    if (error.code === 'EPERM') return false;
    if (error.code === 'ESRCH') return true;
    return isOlderThan(folder, 5_000);
  }
}

/** Its owner may be between making the folder and writing its number. */
function isOlderThan(folder, milliseconds) {
  try {
    return Date.now() - statSync(folder).mtimeMs > milliseconds;
  } catch {
    return false;
  }
}

/** Renaming succeeds for one of several processes that found it abandoned. */
function discard(folder) {
  const aside = `${folder}.${process.pid}`;
  try {
    renameSync(folder, aside);
    rmSync(aside, { recursive: true, force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
