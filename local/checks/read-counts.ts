import { existsSync, readFileSync } from 'node:fs';
import type { Check, Counts } from './check.ts';

/**
 * What a runner counted. A runner that failed has at least one failure, even if it counted none (it may have broken
 * before its first test), and one that ran no test at all has not passed.
 */
export function readCounts({ counts }: Check, succeeded: boolean): Counts {
  const found = counts === undefined ? undefined : parse(counts);
  if (counts === undefined) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
  if (found === undefined || (found.passed === 0 && found.failed === 0))
    return { passed: 0, failed: 1, skipped: 0 };
  return succeeded ? found : { ...found, failed: Math.max(1, found.failed) };
}

function parse({ format, file }: NonNullable<Check['counts']>): Counts | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  return format === 'vitest-json' ? vitestCounts(text) : junitCounts(text);
}

function vitestCounts(text: string): Counts {
  const report: { numPassedTests: number; numFailedTests: number; numPendingTests: number } =
    JSON.parse(text);
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
}

function junitCounts(text: string): Counts | undefined {
  const suite = /<testsuite [^>]*>/.exec(text)?.[0];
  if (suite === undefined) return undefined;
  const attribute = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = attribute('failures') + attribute('errors');
  const skipped = attribute('skipped');
  return { passed: attribute('tests') - failed - skipped, failed, skipped };
}
