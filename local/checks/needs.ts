import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';
import { baseAbsence, checkedBase, findEngine } from './docker-engine.ts';

/** Something that a check cannot do without and that no lock of ours can bring. */
export interface Need {
  readonly tool: 'python3.12' | 'terraform' | 'docker' | 'go' | 'git';
  /** Why it is not there, in a sentence that says what to do; undefined where it is. */
  readonly absence: () => string | undefined;
}

/** What `REQUIRE_ALL_CHECKS=1` demands. A container engine cannot be had everywhere, so it has to be named. */
const DEMANDED_BY_DEFAULT: readonly string[] = ['python3.12', 'terraform'];

/**
 * Whether a check fails that lacks this tool. `REQUIRE_ALL_CHECKS` is `1`, or a list such as
 * `python3.12,terraform,docker`; without it such a check is skipped, and said to be.
 */
export function isDemanded(tool: string, environment: NodeJS.ProcessEnv = process.env): boolean {
  const demanded = environment['REQUIRE_ALL_CHECKS'] ?? '';
  const tools = demanded === '1' ? DEMANDED_BY_DEFAULT : demanded.split(',').map((name) => name.trim());
  return tools.includes(tool);
}

/** Airflow's environment made with the Python that MWAA runs. */
export const python312: Need = {
  tool: 'python3.12',
  absence: () => {
    const version = airflowPython();
    if (version?.startsWith('3.12.') === true) return undefined;
    return `MWAA runs Python 3.12, this machine ${version ?? 'none'}; install 3.12 (pyenv's are found, too)`;
  },
};

export const terraform: Need = {
  tool: 'terraform',
  absence: () =>
    answers('terraform', ['version']) ? undefined : 'no program terraform; install it (1.11 or newer)',
};

export const go: Need = {
  tool: 'go',
  absence: () => (answers('go', ['version']) ? undefined : 'no program go, with which the linter is built'),
};

export const git: Need = {
  tool: 'git',
  absence: () =>
    answers('git', ['-C', REPOSITORY, 'rev-parse']) ? undefined : 'no git, or this is no clone',
};

export const docker: Need = {
  tool: 'docker',
  absence: () => {
    const engine = findEngine();
    return engine.found ? baseAbsence(engine.client, checkedBase(REPOSITORY)) : engine.reason;
  },
};

function airflowPython(): string | undefined {
  try {
    const stamp = join(REPOSITORY, '.local', 'venvs', 'airflow', '.installed.json');
    const { python }: { python?: string } = JSON.parse(readFileSync(stamp, 'utf8'));
    return python;
  } catch {
    return undefined;
  }
}

const answers = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;
