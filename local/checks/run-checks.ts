import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../services/names.ts';
import { addCounts, countsLine, noCounts, type Check, type Counts } from './check.ts';
import { isDemanded } from './needs.ts';
import { readCounts } from './read-counts.ts';
import { schedule } from './schedule.ts';

/** Results and counts of the last run of each kind of checks. */
export const resultsFolder = join(REPOSITORY, '.local', 'checks');

/** On two cores; most checks keep one of them busy. */
const AT_A_TIME = 2;

/**
 * Runs checks, two at a time. Prints a line per check as it ends and the output of those that fail; then what could not
 * be checked here and why; ends with the counts alone on a line. Returns whether all passed.
 */
export async function runChecks(
  kind: string,
  checks: readonly Check[],
  folder = resultsFolder,
): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const notChecked: string[] = [];
  let counts = noCounts;
  await schedule(checks, AT_A_TIME, async (check) => {
    const counted = await runOrSkip(check, notChecked);
    counts = addCounts(counts, counted);
  });
  writeFileSync(join(folder, `${kind}.json`), JSON.stringify({ ...counts, notChecked }));
  if (notChecked.length > 0) console.log(`\nNOT CHECKED HERE:\n  ${notChecked.join('\n  ')}`);
  console.log(`\n${countsLine(counts)}`);
  return counts.failed === 0;
}

async function runOrSkip(check: Check, notChecked: string[]): Promise<Counts> {
  const absence = check.needs?.absence();
  if (check.needs === undefined || absence === undefined) return runCheck(check);
  if (isDemanded(check.needs.tool)) {
    console.log(`  ✘ ${check.name}: ${absence} (demanded by REQUIRE_ALL_CHECKS)`);
    return { ...noCounts, failed: 1 };
  }
  console.log(`  ! ${check.name.padEnd(44)} NOT CHECKED: ${absence}`);
  notChecked.push(`${check.name}: ${absence}`);
  return { ...noCounts, skipped: 1 };
}

async function runCheck(check: Check): Promise<Counts> {
  const startedAt = performance.now();
  if (check.counts !== undefined) {
    mkdirSync(dirname(check.counts.file), { recursive: true });
    rmSync(check.counts.file, { force: true });
  }
  const { exitCode, output } = await run(check);
  const counts = readCounts(check, exitCode === 0);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
  const summary = check.counts === undefined ? '' : countsLine(counts);
  console.log(
    `  ${counts.failed === 0 ? '✔' : '✘'} ${check.name.padEnd(44)} ${summary.padEnd(36)} ${seconds} s`,
  );
  if (counts.failed > 0) console.log(output);
  return counts;
}

function run({ command, args, cwd, environment }: Check): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: cwd ?? REPOSITORY,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const parts: Buffer[] = [];
    const collect = (part: Buffer): void => {
      parts.push(part);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ exitCode: 1, output: error.message }));
    child.on('close', (exitCode) =>
      resolve({ exitCode: exitCode ?? 1, output: Buffer.concat(parts).toString() }),
    );
  });
}
