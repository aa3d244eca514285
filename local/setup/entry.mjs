/**
 * What every npm script starts: `node local/setup/entry.mjs <command> [arguments]`.
 *
 * Runs under any Node from 20 on, on a fresh clone, without a package: installs what the command needs and is not
 * there, then runs local/cli/<command>.ts under the project's own Node 24. `install` only installs (Dockerfile).
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Which Python environments a command needs; `dev` adds what tests and linters need. */
const COMMANDS = {
  start: { environments: ['services', 'airflow', 'dbt'], dev: false },
  test: { environments: ['services', 'airflow', 'dbt', 'checks', 'classifier', 'oracle'], dev: true },
  verify: { environments: ['services', 'airflow', 'dbt', 'checks', 'infrastructure', 'oracle'], dev: true },
  airflow: { environments: ['services', 'airflow', 'dbt'], dev: false },
  ingest: { environments: [], dev: false },
  bench: { environments: ['services', 'bench', 'dbt'], dev: false },
  capacity: { environments: ['services'], dev: false },
  classifier: { environments: ['classifier'], dev: false },
  docs: { environments: ['dbt'], dev: false },
  build: { environments: [], dev: false },
  fleet: { environments: [], dev: false },
  install: {
    environments: ['services', 'airflow', 'dbt', 'checks', 'classifier', 'oracle'],
    dev: true,
    ends: true,
  },
};
const OLDEST_NODE = 20;

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const [command = '', ...args] = process.argv.slice(2);

try {
  const needs = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!needs) {
    throw new Error(`Unknown command "${command}". There are: ${Object.keys(COMMANDS).join(', ')}.`);
  }
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Error(`Node ${process.versions.node} is too old: ${OLDEST_NODE} or newer is needed.`);
  }
  if (process.platform === 'win32') throw new Error('Windows is supported through WSL only.');
  const { install } = await import('./install.mjs');
  const node = await install(repository, needs);
  if (!needs.ends) {
    const { runForeground } = await import('./run.mjs');
    await runForeground(node, [join(repository, 'local', 'cli', `${command}.ts`), ...args]);
  }
} catch (error) {
  process.stderr.write(`  ✘ ${error.message}\n`);
  process.exitCode = 1;
}
