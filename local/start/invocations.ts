import { existsSync, readFileSync } from 'node:fs';
import type { Partition } from '../../shared/lake/keys.ts';
import { retriableErrorNames } from '../../shared/runtime/errors.ts';
import type { IngestOutcome, IngestResult } from '../../shared/ingest/result.ts';

/** One line of the Lambda endpoint's log. */
interface Invocation {
  readonly at: string;
  readonly function: string;
  readonly event: { readonly partition_date?: string; readonly partition_hour?: number | null };
  readonly function_error: string | null;
  readonly response: unknown;
  readonly duration_ms: number;
  readonly max_rss_mb: number;
}

export interface PartitionError {
  readonly name: string;
  readonly message: string;
  readonly retriable: boolean;
}

/** What ingesting a partition came to in this run: its first outcome that is not `unchanged`. */
export type PartitionOutcome =
  | { readonly outcome: IngestOutcome; readonly result: IngestResult; readonly error: null }
  | { readonly outcome: 'failed'; readonly result: null; readonly error: PartitionError | null };

/** The log of this run's invocations. */
export class InvocationLog {
  readonly #invocations: readonly Invocation[];

  constructor(path: string, startedAt: Date) {
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    this.#invocations = lines
      .filter((line) => line !== '')
      .map((line): Invocation => JSON.parse(line))
      .filter(({ at }) => new Date(at) >= startedAt);
  }

  /** Seconds that functions of this name took together. */
  secondsOf(functionNames: readonly string[]): number {
    const relevant = this.#invocations.filter((one) => functionNames.includes(one.function));
    return relevant.reduce((total, one) => total + one.duration_ms, 0) / 1000;
  }

  /** Largest resident memory that any function process reached, in MiB. */
  largestProcessMb(): number {
    return this.#invocations.reduce((most, { max_rss_mb: size }) => Math.max(most, size), 0);
  }

  outcomeOf(functionName: string, { date, hour }: Partition): PartitionOutcome {
    const attempts = this.#invocations.filter(
      (one) =>
        one.function === functionName &&
        one.event.partition_date === date &&
        (one.event.partition_hour ?? null) === hour,
    );
    const results = attempts.flatMap(({ response }) => (isResult(response) ? [response] : []));
    const result = results.find(({ outcome }) => outcome !== 'unchanged') ?? results[0];
    if (result !== undefined) return { outcome: result.outcome, result, error: null };
    return { outcome: 'failed', result: null, error: errorOf(attempts.at(-1)?.response) };
  }
}

const isResult = (response: unknown): response is IngestResult =>
  typeof response === 'object' && response !== null && 'outcome' in response && 'rows' in response;

function errorOf(response: unknown): PartitionError | null {
  if (typeof response !== 'object' || response === null || !('errorType' in response)) return null;
  const name = String(response.errorType);
  const message = 'errorMessage' in response ? String(response.errorMessage) : '';
  return { name, message, retriable: retriableErrorNames.includes(name) };
}
