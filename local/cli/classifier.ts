/** The classifier of free text, in its own Python environment (see classifier/README.md). */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';

const usage = `npm run classifier -- train|evaluate

train       writes the weights that follow from the labelled texts
evaluate    writes the report, from the weights as they are`;

const SCRIPTS = ['train', 'evaluate'];

const [script = '', ...rest] = process.argv.slice(2);
if (script === '--help') {
  console.log(usage);
} else if (!SCRIPTS.includes(script) || rest.length > 0) {
  console.error(`  ✘ There is no "${[script, ...rest].join(' ')}".\n\n${usage}`);
  process.exitCode = 1;
} else {
  const python = join(REPOSITORY, '.local', 'venvs', 'classifier', 'bin', 'python');
  const { status, error } = spawnSync(python, [join(REPOSITORY, 'classifier', `${script}.py`)], {
    stdio: 'inherit',
  });
  if (error !== undefined) console.error(`  ✘ ${error.message}`);
  process.exitCode = status ?? 1;
}
