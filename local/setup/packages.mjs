import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

import { runQuietly } from './run.mjs';
import { hashOf, readStamp, writeStamp } from './stamp.mjs';

/** Whether node_modules is what package-lock.json says. */
export function packagesAreCurrent(repository) {
  const modules = join(repository, 'node_modules');
  if (!existsSync(nodeProgram(repository))) return false;
  const wanted = wantedStamp(repository);
  if (readStamp(modules)?.locks.packages === wanted.locks.packages) return true;
  // Someone may have run npm by hand: what it installed is as good.
  if (!installedAsLocked(repository)) return false;
  writeStamp(modules, wanted);
  return true;
}

export async function installPackages(repository, progress) {
  await progress.during('npm packages', () =>
    runQuietly(
      'npm',
      ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: repository,
        env: { ...process.env, PATH: pathWithoutProject() },
      },
    ),
  );
  if (!existsSync(nodeProgram(repository))) {
    throw new Error(
      'npm installed the packages but did not run their install scripts, which bring Node 24. ' +
        'If npm is set to ignore scripts, run: npm ci --ignore-scripts=false',
    );
  }
  writeStamp(join(repository, 'node_modules'), wantedStamp(repository));
}

/** The Node that the project runs on, an npm package like any other. */
export function projectNode(repository) {
  const manifest = join(repository, 'node_modules', 'node', 'package.json');
  return { node: nodeProgram(repository), version: JSON.parse(readFileSync(manifest, 'utf8')).version };
}

const nodeProgram = (repository) => join(repository, 'node_modules', 'node', 'bin', 'node');

const wantedStamp = (repository) => ({
  locks: { packages: `${process.platform}-${process.arch}-${hashOf(join(repository, 'package-lock.json'))}` },
});

/** npm keeps a copy of the lock of what it installed. */
function installedAsLocked(repository) {
  try {
    const read = (...path) => JSON.parse(readFileSync(join(repository, ...path), 'utf8')).packages;
    const wanted = Object.entries(read('package-lock.json')).filter(
      ([path, { optional }]) => path && !optional,
    );
    const installed = read('node_modules', '.package-lock.json');
    return wanted.every(([path, { version }]) => installed[path]?.version === version);
  } catch {
    return false;
  }
}

/** npm replaces the whole of node_modules, so it must not run on the Node that lies in it. */
function pathWithoutProject() {
  const inModules = `${sep}node_modules${sep}`;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !`${folder}${sep}`.includes(inModules))
    .join(delimiter);
}
