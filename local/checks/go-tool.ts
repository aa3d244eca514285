import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';

/**
 * Path of a program that Go builds, once, from its module proxy: linters whose packages elsewhere download from GitHub
 * while they are installed. Throws where Go is missing or cannot build it.
 * @param source what `go install` takes, without the version
 */
export function goTool(name: string, source: string, version: string): string {
  const folder = join(REPOSITORY, '.local', 'tools', `${name}-${version}`);
  const program = join(folder, name);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const { status, stderr, error } = spawnSync('go', ['install', `${source}@${version}`], {
    env: { ...process.env, GOBIN: folder },
    encoding: 'utf8',
  });
  if (error !== undefined) throw new Error(`Go could not be started: ${error.message}`);
  if (status !== 0) throw new Error(`${name} ${version} could not be built:\n${stderr}`);
  return program;
}
