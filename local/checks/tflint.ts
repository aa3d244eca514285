/** Lints the Terraform code with tflint: names, types, unused declarations. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';
import { goTool } from './go-tool.ts';

const program = goTool('tflint', 'github.com/terraform-linters/tflint', 'v0.64.0');
const config = join(REPOSITORY, 'terraform', 'tests', 'tflint.hcl');
const { status } = spawnSync(program, ['--recursive', '--no-color', `--config=${config}`], {
  cwd: join(REPOSITORY, 'terraform'),
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
