import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { findPython, isPreferred } from './python.mjs';
import { uvEnvironment } from './pip-settings.mjs';
import { runQuietly } from './run.mjs';
import { hashOf, readStamp, writeStamp } from './stamp.mjs';

/** Each environment's locks: what it runs on, and the same with what tests and linters need. */
export const LOCKS = {
  services: { run: 'local/services/requirements.lock' },
  airflow: { run: 'dags/requirements.lock', dev: 'dags/requirements-dev.lock' },
  bench: { run: 'bench/requirements.lock' },
  checks: { run: 'local/checks/requirements.lock' },
  classifier: { run: 'classifier/requirements.lock' },
  dbt: { run: 'dbt/requirements.lock', dev: 'dbt/requirements-dev.lock' },
  infrastructure: { run: 'terraform/tests/requirements.lock' },
  oracle: { run: 'local/end-to-end/oracle/requirements.lock' },
};
const UV = '0.13.8';

const folderOf = (repository, name) => join(repository, '.local', 'venvs', name);
const pythonOf = (folder) => join(folder, 'bin', 'python');

/**
 * Names of the environments that are missing, not as their locks say, or made with another Python than MWAA's where
 * that has been installed since.
 */
export async function staleEnvironments(repository, { environments, dev }) {
  const stamps = new Map(environments.map((name) => [name, stampOf(repository, name)]));
  const isBetterThere =
    [...stamps.values()].some((stamp) => stamp && !isPreferred(stamp.python)) && (await preferredIsThere());
  return environments.filter((name) => {
    const stamp = stamps.get(name);
    if (!stamp || (isBetterThere && !isPreferred(stamp.python))) return true;
    const wanted = wantedLocks(repository, name, dev);
    return Object.entries(wanted).some(([kind, hash]) => stamp.locks[kind] !== hash);
  });
}

async function preferredIsThere() {
  try {
    return isPreferred((await findPython()).version);
  } catch {
    return false; // What is installed goes on working without the Python it was made with being found again.
  }
}

/** What is installed in an environment; undefined where there is none or its Python has gone. */
function stampOf(repository, name) {
  const folder = folderOf(repository, name);
  return existsSync(pythonOf(folder)) ? readStamp(folder) : undefined;
}

export async function installEnvironments(repository, needs, progress) {
  const stale = await staleEnvironments(repository, needs);
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
  if (stampOf(repository, name)?.python !== python.version) {
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
