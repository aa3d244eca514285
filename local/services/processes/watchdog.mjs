/**
 * Ends what its parent left behind.
 *
 * The parent keeps this process's standard input open. However the parent ends, `kill -9` included, the pipe
 * closes; then every process group still on the list gets its signal, two seconds to leave, and SIGKILL.
 *
 * Lines understood:  `+<pid> <signal>` watch this group · `-<pid>` it has ended · `rm <folder>` remove at the end
 * `keep <folder>` do not.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 2_000;
const groups = new Map();
const folders = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const watched = /^\+(\d+) (SIG[A-Z]+)$/.exec(line);
  if (watched) groups.set(Number(watched[1]), watched[2]);
  else if (line.startsWith('-')) groups.delete(Number(line.slice(1)));
  else if (line.startsWith('rm ')) folders.add(line.slice(3));
  else if (line.startsWith('keep ')) folders.delete(line.slice(5));
}

const signalGroup = (pid, signal) => {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
};

for (const [pid, signal] of groups) if (!signalGroup(pid, signal)) groups.delete(pid);
const deadline = Date.now() + GRACE_MS;
while (groups.size > 0 && Date.now() < deadline) {
  await sleep(50);
  for (const pid of groups.keys()) if (!signalGroup(pid, 0)) groups.delete(pid);
}
for (const pid of groups.keys()) signalGroup(pid, 'SIGKILL');
for (const folder of folders) rmSync(folder, { recursive: true, force: true });
