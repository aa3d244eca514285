import { join } from 'node:path';

import { underInstallLock } from './install-lock.mjs';
import { installPackages, packagesAreCurrent, projectNode } from './packages.mjs';
import { Progress } from './progress.mjs';
import { installEnvironments, staleEnvironments } from './environments.mjs';
import { readStamp } from './stamp.mjs';

/**
 * Installs what is missing or differs from the committed locks, and answers the path of the project's Node.
 *
 * @param {string} repository
 * @param {{ environments: string[], dev: boolean }} needs
 */
export async function install(repository, needs) {
  const isCurrent = async () =>
    packagesAreCurrent(repository) && (await staleEnvironments(repository, needs)).length === 0;
  const began = Date.now();
  let isFirst = false;
  if (!(await isCurrent())) {
    await underInstallLock(join(repository, '.local', 'install.lock'), async () => {
      if (await isCurrent()) return;
      isFirst = true;
      const progress = new Progress();
      try {
        await allOrFirstError([
          packagesAreCurrent(repository) ? undefined : installPackages(repository, progress),
          installEnvironments(repository, needs, progress),
        ]);
      } finally {
        progress.end();
      }
    });
  }
  const { node, version } = projectNode(repository);
  if (isFirst || needs.environments.length > 0) {
    const python = pythonVersion(repository, needs);
    const what = `Node ${version}${python ? `, Python ${python}` : ''}`;
    const seconds = Math.round((Date.now() - began) / 1000);
    const note = isFirst ? `installed in ${seconds} s (first run only)` : '';
    process.stderr.write(`  ✔ ${note ? what.padEnd(50) : what}${note}\n`);
  }
  return node;
}

function pythonVersion(repository, { environments }) {
  return environments[0] && readStamp(join(repository, '.local', 'venvs', environments[0]))?.python;
}

/** Waits for all, so that nothing goes on behind an error message, then throws the first failure. */
async function allOrFirstError(work) {
  const results = await Promise.allSettled(work);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}
