/**
 * Lints the workflows with actionlint, which also gives their shell lines to shellcheck. Its Python package downloads a
 * program from GitHub while it is installed; so it is built by Go instead, from Go's module proxy, once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { REPOSITORY } from '../../services/names.ts';

const VERSION = 'v1.7.12';
const folder = join(REPOSITORY, '.local', 'tools', `actionlint-${VERSION}`);
const program = join(folder, 'actionlint');

if (!existsSync(program)) {
  mkdirSync(folder, { recursive: true });
  run('go', ['install', `github.com/rhysd/actionlint/cmd/actionlint@${VERSION}`], { GOBIN: folder });
}
const checks = join(REPOSITORY, '.local', 'venvs', 'checks', 'bin');
run(program, ['-no-color'], { PATH: `${checks}${delimiter}${process.env['PATH'] ?? ''}` });

/** Ends this process where the program fails. */
function run(command: string, args: readonly string[], environment: Readonly<Record<string, string>>): void {
  const env = { ...process.env, ...environment };
  const { status, error } = spawnSync(command, args, { cwd: REPOSITORY, env, stdio: 'inherit' });
  if (error !== undefined) console.error(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(1);
}
