import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { listAt, numberAt, objectAt, parseJson, textAt, textsAt } from './json.ts';

/** A process that can be told from a later one with the same number. */
export interface ProcessMark {
  readonly name: string;
  readonly pid: number;
  /** When it began, in whatever unit the system counts. */
  readonly began: string;
}

/** What `.local/services.json` says while services run from that folder. */
export interface ServicesFile {
  readonly state: 'starting' | 'running';
  readonly owner: ProcessMark;
  readonly children: readonly ProcessMark[];
  readonly endpoints: Readonly<Record<string, string>>;
  /** For clients of the services, e.g. `AWS_ENDPOINT_URL_LAMBDA`. No secrets. */
  readonly environment: Readonly<Record<string, string>>;
}

export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';
}

/**
 * Takes the home folder for this process by creating its services file. Throws `AlreadyRunning` when a living
 * process has it. A file left by a dead one is removed, and what that one started and left behind is ended.
 */
export function takeHome(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const mine: ServicesFile = {
    state: 'starting',
    owner: markOf('owner', process.pid),
    children: [],
    endpoints: {},
    environment: {},
  };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx' });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const found = readServicesFile(file);
    if (found && isAlive(found.owner)) {
      throw new AlreadyRunning(
        `The local services already run from ${dirname(file)} (process ${found.owner.pid}). ` +
          'Stop them first (Ctrl-C there), or use them: npm run ingest -- … --local',
      );
    }
    for (const child of found?.children ?? []) endLeftover(child);
    rmSync(file, { force: true });
  }
  throw new AlreadyRunning(`Another process is starting the local services in ${dirname(file)}.`);
}

/** Writes the file whole or not at all, so that a reader never sees half of it. */
export function writeServicesFile(file: string, content: ServicesFile): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(next, file);
}

/** Undefined when there is none, or none that can be read. */
export function readServicesFile(file: string): ServicesFile | undefined {
  try {
    const content = objectAt(parseJson(readFileSync(file, 'utf8')), file);
    return {
      state: content['state'] === 'running' ? 'running' : 'starting',
      owner: markAt(content['owner']),
      children: listAt(content['children'], 'children').map(markAt),
      endpoints: textsAt(content['endpoints'], 'endpoints'),
      environment: textsAt(content['environment'], 'environment'),
    };
  } catch {
    return undefined;
  }
}

/** The services that run from this home now, if any. */
export function runningServices(file: string): ServicesFile | undefined {
  const found = readServicesFile(file);
  return found?.state === 'running' && isAlive(found.owner) ? found : undefined;
}

export function markOf(name: string, pid: number): ProcessMark {
  return { name, pid, began: beginning(pid) ?? '' };
}

function markAt(value: unknown): ProcessMark {
  const mark = objectAt(value, 'process');
  return {
    name: textAt(mark['name'], 'name'),
    pid: numberAt(mark['pid'], 'pid'),
    began: textAt(mark['began'], 'began'),
  };
}

function isAlive({ pid, began }: ProcessMark): boolean {
  return beginning(pid) === began;
}

function endLeftover(child: ProcessMark): void {
  if (!isAlive(child)) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

/** When a process began; undefined when there is no such process. */
function beginning(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // Field 22 of proc(5) stat; the name before it, in brackets, may hold blanks.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
