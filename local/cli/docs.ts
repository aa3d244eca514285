/** The data dictionary and dbt's documentation (see docs/data/README.md), in dbt's Python environment. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { homeFolder } from '../services/home.ts';
import { DEFAULT_HOME, REPOSITORY } from '../services/names.ts';

const usage = `npm run docs [-- --check]

Writes docs/data/dictionary.md (every table and column) and dbt's documentation with its lineage graph as one page,
.local/docs/index.html. Needs no warehouse. --check writes nothing and fails if the dictionary is not up to date.`;

const args = process.argv.slice(2);
const dictionary = join(REPOSITORY, 'docs', 'data', 'dictionary.md');
const page = join(homeFolder(DEFAULT_HOME).root, 'docs', 'index.html');
if (args[0] === '--help') {
  console.log(usage);
} else if (args.length > 1 || (args.length === 1 && args[0] !== '--check')) {
  console.error(`  ✘ There is no "${args.join(' ')}".\n\n${usage}`);
  process.exitCode = 1;
} else {
  const python = join(REPOSITORY, '.local', 'venvs', 'dbt', 'bin', 'python');
  const script = join(REPOSITORY, 'dbt', 'documentation', 'build.py');
  const wanted =
    args[0] === '--check' ? ['--check', dictionary] : ['--dictionary', dictionary, '--page', page];
  const { status, error } = spawnSync(python, [script, ...wanted], { stdio: 'inherit' });
  if (error !== undefined) console.error(`  ✘ ${error.message}`);
  process.exitCode = status ?? 1;
  if (status === 0 && args.length === 0) console.log(`Wrote docs/data/dictionary.md and ${page}.`);
}
