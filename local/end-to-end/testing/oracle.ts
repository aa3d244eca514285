import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY } from '../../services/names.ts';

/** What happened to the sources, in order; see oracle/history.py. */
export type Step =
  | { readonly sources: string; readonly days?: readonly string[] }
  | { readonly withdraw: readonly [source: string, date: string, hour: number] };

/** What the oracle compared, by `schema.table`, and every difference in words: mart, key, column, both values. */
export interface Verdict {
  readonly compared: Readonly<Record<string, { readonly rows: number; readonly columns: readonly string[] }>>;
  readonly problems: readonly string[];
  /** Tables that it does not compute, with reasons. */
  readonly not_compared: Readonly<Record<string, string>>;
}

const python = join(REPOSITORY, '.local', 'venvs', 'oracle', 'bin', 'python');

/**
 * Computes every mart from the source files and compares it with the warehouse, which nobody may be writing to.
 * Throws where the oracle could not be asked.
 */
export async function askOracle(warehouse: string, steps: readonly Step[]): Promise<Verdict> {
  const history = `${warehouse}.history.json`;
  writeFileSync(history, JSON.stringify(steps));
  const answer = await askModule('oracle.check', '--warehouse', warehouse, '--history', history);
  return JSON.parse(answer);
}

/** Writes sources of another company into `out`; answers the folders of the runs to make, in order. */
export async function writeForeignSources(out: string, seed: number, size: number): Promise<string[]> {
  const answer = await askModule('oracle.foreign', out, '--seed', String(seed), '--size', String(size));
  return answer.split('\n').filter((line) => line !== '');
}

/** Standard output of a Python module of local/end-to-end; exit code 1 with an output says that something differs. */
export async function askModule(name: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      python,
      ['-m', name, ...args],
      { cwd: join(REPOSITORY, 'local', 'end-to-end'), maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        if (error === null || (error.code === 1 && stdout !== '')) resolve(stdout);
        else reject(new Error(`python -m ${name} failed:\n${stderr}`));
      },
    );
  });
}
