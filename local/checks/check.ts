import type { Need } from './needs.ts';
import type { Job } from './schedule.ts';

/** Parts of the repository that can be checked by themselves: `npm test -- dags dbt`. */
export const AREAS = ['code', 'dags', 'dbt', 'delivery', 'documents'] as const;
export type Area = (typeof AREAS)[number];

/** One thing to check: a program whose exit code says whether it holds. */
export interface Check extends Job {
  /** What it belongs to; `code` unless it says otherwise. */
  readonly areas?: readonly Area[];
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it cannot run without; where that is missing the check is skipped, or fails if it is demanded. */
  readonly needs?: Need;
  /** A runner that leaves its own count of tests in a file; anything else counts as one test. */
  readonly counts?: { readonly format: 'vitest-json' | 'junit-xml'; readonly file: string };
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };

export const addCounts = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The line that ends a run of checks. */
export const countsLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
