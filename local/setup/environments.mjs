import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { findPython } from './python.mjs';
import { uvEnvironment } from './pip-settings.mjs';
import { runQuietly } from './run.mjs';
import { hashOf, readStamp, writeStamp } from './stamp.mjs';

/** Each environment's locks: what it runs on, and the same with what tests and linters need. */
const LOCKS = {
  services: { run: 'local/services/requirements.lock' },
  airflow: { run: 'dags/requirements.lock', dev: 'dags/requirements-dev.lock' },
  bench: { run: 'bench/requirements.lock' },
  dbt: { run: 'dbt/requirements.lock', dev: 'dbt/requirements-dev.lock' },
};
const UV = '0.13.8';

const folderOf = (repository, name) => join(repository, '.local', 'venvs', name);
const pythonOf = (folder) => join(folder, 'bin', 'python');

/** Names of the environments that are missing or not as their locks say. */
export function staleEnvironments(repository, { environments, dev }) {
  return environments.filter((name) => {
    const folder = folderOf(repository, name);
    const stamp = existsSync(pythonOf(folder)) ? readStamp(folder) : undefined;
    const wanted = wantedLocks(repository, name, dev);
    return Object.entries(wanted).some(([kind, hash]) => stamp?.locks[kind] !== hash);
  });
}

export async function installEnvironments(repository, needs, progress) {
  const stale = staleEnvironments(repository, needs);
  if (stale.length === 0) return;
  const python = await findPython();
  const uv = await installUv(repository, python, progress);
  for (const name of stale) {
    const hadDev = readStamp(folderOf(repository, name))?.locks.dev !== undefined;
    await progress.during(`Python packages for ${name}`, () =>
      installEnvironment(repository, name, needs.dev || hadDev, python, uv),
    );
  }
}

/** Brings one environment to exactly what its lock says; what the lock does not name is removed. */
async function installEnvironment(repository, name, dev, python, uv) {
  const folder = folderOf(repository, name);
  const locks = wantedLocks(repository, name, dev);
  const file = join(repository, (dev && LOCKS[name].dev) || LOCKS[name].run);
  if (!existsSync(file)) throw new Error(`The lock ${file} is missing.`);
  const isUsable = existsSync(pythonOf(folder)) && readStamp(folder)?.python === python.version;
  if (!isUsable) {
    rmSync(folder, { recursive: true, force: true });
    await runQuietly(uv.program, ['venv', '--quiet', '--python', python.path, folder], { env: uv.env });
  }
  // The lock is the whole closure, made with the projects' own overrides: nothing is resolved here. Compiled once
  // here, since every start of Airflow and dbt would do it again where Python may not write beside its packages.
  await runQuietly(
    uv.program,
    ['pip', 'sync', '--quiet', '--compile-bytecode', '--python', pythonOf(folder), file],
    {
      env: uv.env,
    },
  );
  writeStamp(folder, { python: python.version, locks });
}

function wantedLocks(repository, name, dev) {
  const { run, dev: withTools } = LOCKS[name];
  return {
    run: hashOf(join(repository, run)) ?? 'missing',
    ...(dev && withTools && { dev: hashOf(join(repository, withTools)) ?? 'missing' }),
  };
}

/** uv from the package index, in an environment of its own. */
async function installUv(repository, python, progress) {
  const folder = folderOf(repository, 'uv');
  const stamp = readStamp(folder);
  if (stamp?.locks.uv !== UV || !existsSync(pythonOf(folder))) {
    await progress.during('Python installer', async () => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      await runQuietly(python.path, ['-m', 'venv', folder]);
      const options = ['--quiet', '--disable-pip-version-check', '--no-input'];
      await runQuietly(pythonOf(folder), ['-m', 'pip', 'install', ...options, `uv==${UV}`]);
    });
    writeStamp(folder, { python: python.version, locks: { uv: UV } });
  }
  const { VIRTUAL_ENV: _, ...environment } = process.env;
  const settings = await uvEnvironment(pythonOf(folder), environment);
  return { program: join(folder, 'bin', 'uv'), env: { ...settings, UV_PYTHON_DOWNLOADS: 'never' } };
}
