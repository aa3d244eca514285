import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PULL_MS = 300_000;

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

/** Why the image's base cannot be had by this client; undefined where it is there or can be pulled. */
export function baseAbsence(client: string, base: string): string | undefined {
  if (succeeds(client, ['image', 'inspect', base]) || succeeds(client, ['pull', '--quiet', base], PULL_MS))
    return undefined;
  return `the base image ${base} cannot be pulled; name another in DOCKER_CHECK_BASE_IMAGE (deploy/image/make-base.sh makes one)`;
}

/** The base that the check builds on: `DOCKER_CHECK_BASE_IMAGE`, or else the Dockerfile's own. */
export function checkedBase(
  repository: string,
  named = process.env['DOCKER_CHECK_BASE_IMAGE'] ?? '',
): string {
  if (named !== '') return named;
  const text = readFileSync(join(repository, 'Dockerfile'), 'utf8');
  return /^ARG BASE_IMAGE=(\S+)$/m.exec(text)?.[1] ?? '';
}

/** Until version 22 BuildKit is part of the client. */
function canBuild(client: string): boolean {
  const version = spawnSync(client, ['version', '--format', '{{.Client.Version}}'], {
    encoding: 'utf8',
  }).stdout;
  return Number(version.split('.')[0]) < 23 || succeeds(client, ['buildx', 'version']);
}

const succeeds = (client: string, args: readonly string[], timeout = 30_000): boolean =>
  spawnSync(client, args, { stdio: 'ignore', timeout }).status === 0;
