/** Lints every shell script of the repository: `node local/checks/shell-scripts.ts SHELLCHECK`. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';

const NOT_OURS = new Set(['node_modules', '.git', '.local', '.library', 'dist', 'target']);

function scriptsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : scriptsIn(path);
    return entry.name.endsWith('.sh') ? [path] : [];
  });
}

const [, , shellcheck = 'shellcheck'] = process.argv;
const scripts = [...scriptsIn(REPOSITORY), join(REPOSITORY, '.ci', 'run')];
const { status, error } = spawnSync(shellcheck, scripts, { stdio: 'inherit' });
if (error !== undefined) console.error(`${shellcheck} could not be started: ${error.message}`);
process.exitCode = status ?? 1;
