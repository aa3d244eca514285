import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { parseJson } from '../json.ts';
import type { Job } from './instance.ts';
import type { InstancePool } from './pool.ts';

/** One line of the invocation log. */
export interface InvocationRecord {
  readonly at: string;
  readonly function: string;
  readonly request_id: string;
  readonly event: unknown;
  readonly function_error: 'Unhandled' | null;
  /** The result, or `{errorType, errorMessage, trace}`. */
  readonly response: unknown;
  readonly duration_ms: number;
  readonly max_rss_mb: number;
  /** The most that the temporary folder held, as far as it was seen. */
  readonly max_disk_mb: number;
  readonly pid: number;
  readonly cold_start: boolean;
}

export interface Answer {
  readonly failed: boolean;
  readonly body: string;
  readonly log: Buffer;
}

/** Largest answer of a function: 6 MB and a little, as on Lambda. */
const MAX_RESPONSE_BYTES = 6_291_556;

/** Runs one invocation on an instance of the pool and appends it to the log file, as one line of JSON. */
export async function runInvocation(
  pool: InstancePool,
  name: string,
  job: Job,
  logFile: string,
): Promise<Answer> {
  return pool.use(name, async (instance, isCold) => {
    const at = new Date();
    const started = performance.now();
    const outcome = await instance.invoke(job);
    const durationMs = Math.round((performance.now() - started) * 10) / 10;
    const { failed, body } = withinLimit(outcome);
    record(logFile, {
      at: at.toISOString(),
      function: name,
      request_id: job.requestId,
      event: parseJson(job.payload),
      function_error: failed ? 'Unhandled' : null,
      response: parsed(body),
      duration_ms: durationMs,
      max_rss_mb: outcome.maxRssMb,
      max_disk_mb: outcome.maxDiskMb,
      pid: instance.pid,
      cold_start: isCold,
    });
    const report =
      `REPORT RequestId: ${job.requestId}\tDuration: ${durationMs} ms\t` +
      `Max Memory Used: ${outcome.maxRssMb} MB\n`;
    return { failed, body, log: Buffer.concat([outcome.logTail, Buffer.from(report)]) };
  });
}

function withinLimit({ failed, body }: { failed: boolean; body: string }): { failed: boolean; body: string } {
  if (failed || Buffer.byteLength(body) <= MAX_RESPONSE_BYTES) return { failed, body };
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
  return { failed: true, body: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }) };
}

function parsed(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    return body;
  }
}

function record(file: string, line: InvocationRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}
