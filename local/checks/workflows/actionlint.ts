/** Lints the workflows with actionlint, which also gives their shell lines to shellcheck. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { REPOSITORY } from '../../services/names.ts';
import { goTool } from '../go-tool.ts';

const program = goTool('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint', 'v1.7.12');
const checks = join(REPOSITORY, '.local', 'venvs', 'checks', 'bin');
const { status } = spawnSync(program, ['-no-color'], {
  cwd: REPOSITORY,
  env: { ...process.env, PATH: `${checks}${delimiter}${process.env['PATH'] ?? ''}` },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
