import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A client of Docker that can build with BuildKit, and whose engine answers. */
export type Engine =
  { readonly found: true; readonly client: string } | { readonly found: false; readonly reason: string };

/**
 * The first client on the path that can be used: several may be installed, of which newer ones build only with their
 * plug-in buildx.
 */
export function findEngine(path = process.env['PATH'] ?? ''): Engine {
  const clients = [...new Set(path.split(delimiter))]
    .map((folder) => join(folder, 'docker'))
    .filter(existsSync);
  if (clients.length === 0) return { found: false, reason: 'no program docker; install a container engine' };
  const answering = clients.filter((client) => succeeds(client, ['info']));
  if (answering.length === 0) return { found: false, reason: 'no container engine answers; start dockerd' };
  const client = answering.find(canBuild);
  if (client === undefined)
    return { found: false, reason: 'docker cannot build: its plug-in buildx is missing' };
  return { found: true, client };
}

/** Until version 22 BuildKit is part of the client. */
function canBuild(client: string): boolean {
  const version = spawnSync(client, ['version', '--format', '{{.Client.Version}}'], {
    encoding: 'utf8',
  }).stdout;
  return Number(version.split('.')[0]) < 23 || succeeds(client, ['buildx', 'version']);
}

const succeeds = (client: string, args: readonly string[]): boolean =>
  spawnSync(client, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;
