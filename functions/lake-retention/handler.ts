import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { S3Client } from '@aws-sdk/client-s3';
import { ObjectStore } from '../../shared/lake/object-store.ts';
import { readEnvironment } from '../../shared/runtime/environment.ts';
import { ConfigurationError } from '../../shared/runtime/errors.ts';
import { createHandler } from '../../shared/runtime/handler.ts';
import { connectWarehouse } from '../../shared/warehouse/connect.ts';
import { loadsInLedger } from '../../shared/warehouse/named-loads.ts';
import { parseEvent } from './event.ts';
import { retain, type RetentionAnswer } from './retain.ts';

/** Kept back to end cleanly. */
const reserveMs = 30_000;
const hourMs = 3_600_000;

function start() {
  const settings = readEnvironment([
    'LAKE_BUCKET',
    'RETENTION_DAYS',
    'CONFIRM_HOURS',
    'WAREHOUSE_WORKGROUP',
    'WAREHOUSE_DATABASE',
  ]);
  return {
    lake: new ObjectStore(new S3Client({}), settings.LAKE_BUCKET),
    retentionMs: numberOf('RETENTION_DAYS', settings.RETENTION_DAYS) * 24 * hourMs,
    confirmMs: numberOf('CONFIRM_HOURS', settings.CONFIRM_HOURS) * hourMs,
    openWarehouse: connectWarehouse({
      workgroup: settings.WAREHOUSE_WORKGROUP,
      database: settings.WAREHOUSE_DATABASE,
    }),
  };
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new ConfigurationError(`${name} must be a number that is not negative`);
}

/** Removes loads of the lake that nothing names any more. */
export const handler = createHandler({
  name: 'lake-retention',
  start,
  async run(
    event,
    { openWarehouse, ...services },
    { remainingMs, logger, metrics },
  ): Promise<RetentionAnswer & { readonly duration_ms: number }> {
    const startedAt = performance.now();
    const answer = await retain(
      {
        ...services,
        readLedger: () => loadsInLedger(openWarehouse(remainingMs())),
        hasTime: () => remainingMs() > reserveMs,
        now: () => new Date(),
      },
      parseEvent(event),
    );
    logger.info(`retention ${answer.outcome}`, { ...answer });
    metrics.addMetric('LoadsRemoved', MetricUnit.Count, answer.removed.loads);
    metrics.addMetric('BytesRemoved', MetricUnit.Bytes, answer.removed.bytes);
    metrics.addMetric('LoadsLeft', MetricUnit.Count, answer.left.loads);
    return { ...answer, duration_ms: Math.round(performance.now() - startedAt) };
  },
});
