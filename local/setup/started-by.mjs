import { readFileSync } from 'node:fs';

const SHELLS = ['sh', 'dash', 'bash'];

/**
 * Answers a function that tells whether the npm that started us is still there. npm starts a shell, which may or may
 * not stand between it and us. A process whose parent has gone gets another parent: that is what is looked at.
 */
export function npmWatch() {
  const link = npmLink(process.pid, process.ppid);
  return () => (link.child === process.pid ? process.ppid : parentOf(link.child)) === link.parent;
}

/** The last process that npm started on the way to us, and npm itself. */
function npmLink(child, parent) {
  const above = SHELLS.includes(nameOf(parent)) ? parentOf(parent) : undefined;
  return above === undefined ? { child, parent } : npmLink(parent, above);
}

/** proc(5), fields 2 and 4 of stat; undefined where there is no /proc. */
function statOf(pid) {
  try {
    return /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

const nameOf = (pid) => statOf(pid)?.[1];
const parentOf = (pid) => (statOf(pid) ? Number(statOf(pid)[2]) : undefined);
