import { join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';
import type { Area, Check } from './check.ts';
import { resultsFolder } from './run-checks.ts';

export type Environment = 'airflow' | 'checks' | 'classifier' | 'dbt';

/** A program of a Python environment. */
export const bin = (environment: Environment, program: string): string =>
  join(REPOSITORY, '.local', 'venvs', environment, 'bin', program);

export const npmBin = (program: string): string => join(REPOSITORY, 'node_modules', '.bin', program);

/** A script of ours. */
export const node = (name: string, script: string, ...args: string[]): Check => ({
  name,
  command: process.execPath,
  args: [join(REPOSITORY, script), ...args],
});

/** Tests in TypeScript; `args` are those of `vitest run`. */
export const vitest = (name: string, seconds: number, ...args: string[]): Check => {
  const file = resultsFile(name, 'json');
  return {
    name,
    seconds,
    command: npmBin('vitest'),
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
    counts: { format: 'vitest-json', file },
  };
};

/** Tests in Python, of a folder that has the settings of pytest. */
export const pytest = (
  name: string,
  area: Area,
  environment: Environment,
  folder: string,
  ...args: string[]
): Check => {
  const file = resultsFile(name, 'xml');
  return {
    name,
    areas: [area],
    command: bin(environment, 'python'),
    args: ['-m', 'pytest', '-p', 'no:cacheprovider', `--junitxml=${file}`, ...args],
    cwd: join(REPOSITORY, folder),
    counts: { format: 'junit-xml', file },
  };
};

/** A file for each check, since several run at a time. */
const resultsFile = (name: string, extension: string): string =>
  join(resultsFolder, `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.${extension}`);
