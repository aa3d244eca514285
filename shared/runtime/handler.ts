import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { lazily } from './lazily.ts';
import { PlatformError } from './errors.ts';

/** What a handler's work gets besides the event and its services. */
export interface Invocation {
  /** Milliseconds until the function is stopped. */
  readonly remainingMs: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export interface HandlerDefinition<Services, Result> {
  /** The function's name: `service` of every log line and metric. */
  readonly name: string;
  /** Makes what the work needs, once per instance; if it fails, the next call tries again. */
  readonly start: () => Services | Promise<Services>;
  readonly run: (event: unknown, services: Services, invocation: Invocation) => Promise<Result>;
}

/**
 * What every function has around its work: one start per instance, structured logs and metrics without personal data,
 * and errors whose messages may be shown. Messages of anything but our own errors are withheld, since engines and
 * drivers quote rows in them.
 */
export function createHandler<Services, Result>({ name, start, run }: HandlerDefinition<Services, Result>) {
  const logger = new Logger({ serviceName: name });
  const metrics = new Metrics({ namespace: 'CoreTelecoms', serviceName: name });
  const services = lazily(start);
  return middy<unknown, Result, Error, Context>()
    .use(injectLambdaContext(logger, { clearState: true }))
    .use(logMetrics(metrics))
    .handler(async (event, context) => {
      try {
        return await run(event, await services(), {
          remainingMs: () => context.getRemainingTimeInMillis(),
          logger,
          metrics,
        });
      } catch (error) {
        const shown = showable(error, name);
        metrics.addMetric('Failures', MetricUnit.Count, 1);
        logger.error(shown.message, logFields(error, shown));
        throw shown;
      }
    });
}

/** An error of ours as it is; of any other error its kind only. */
function showable(error: unknown, functionName: string): Error {
  if (error instanceof PlatformError) return withoutCause(error);
  const kind = error instanceof Error ? error.name : typeof error;
  const shown = new Error(
    `${functionName} failed unexpectedly (${kind}); the function's log has the place. Run it again, then report it.`,
  );
  shown.name = 'UnexpectedError';
  shown.stack = framesOf(error);
  return shown;
}

function withoutCause(error: PlatformError): PlatformError {
  delete error.cause;
  error.stack = framesOf(error);
  return error;
}

function logFields(error: unknown, shown: Error): Record<string, unknown> {
  return {
    error_name: shown.name,
    retriable: error instanceof PlatformError ? error.retriable : undefined,
    details: error instanceof PlatformError ? error.details : undefined,
    frames: framesOf(error),
  };
}

/** The stack without its first lines, which repeat the message. */
const framesOf = (error: unknown): string =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n')
    : '';
