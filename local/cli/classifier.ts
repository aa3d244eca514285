/**
 * The classifier of free text, in its own Python environment (see classifier/README.md).
 *
 *     npm run classifier -- train       weights from the labelled texts
 *     npm run classifier -- evaluate    the report, from the weights as they are
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';

const SCRIPTS = ['train', 'evaluate'];

const [script = '', ...rest] = process.argv.slice(2);
if (!SCRIPTS.includes(script) || rest.length > 0) {
  console.error(`  ✘ usage: npm run classifier -- ${SCRIPTS.join('|')}`);
  process.exitCode = 1;
} else {
  const python = join(REPOSITORY, '.local', 'venvs', 'classifier', 'bin', 'python');
  const { status, error } = spawnSync(python, [join(REPOSITORY, 'classifier', `${script}.py`)], {
    stdio: 'inherit',
    env: { ...process.env, NODE: process.execPath },
  });
  if (error !== undefined) console.error(`  ✘ ${error.message}`);
  process.exitCode = status ?? 1;
}
