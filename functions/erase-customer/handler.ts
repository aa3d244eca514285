import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { suppressionKey } from '../../shared/ingest/suppression/suppression-key.ts';
import { ObjectStore } from '../../shared/lake/object-store.ts';
import { ObjectVersions } from '../../shared/lake/object-versions.ts';
import { readEnvironment } from '../../shared/runtime/environment.ts';
import { ConfigurationError } from '../../shared/runtime/errors.ts';
import { createHandler } from '../../shared/runtime/handler.ts';
import { connectWarehouse } from '../../shared/warehouse/connect.ts';
import { loadsInLedger } from '../../shared/warehouse/named-loads.ts';
import { eraseCustomer, rowsErased, type EraseAnswer } from './erase-customer.ts';
import { parseEvent } from './event.ts';
import subjects from './generated/subjects.json' with { type: 'json' };
import { requestParameters } from './request-parameters.ts';
import { parseSubjects } from './subjects.ts';

/** A load may take this long; less time than that is left unused. */
const reserveMs = 150_000;

function start() {
  const settings = readEnvironment([
    'LAKE_BUCKET',
    'SUPPRESSION_KEY_PARAMETER',
    'ERASURE_PARAMETER_PATH',
    'SETTLE_MINUTES',
    'WAREHOUSE_WORKGROUP',
    'WAREHOUSE_DATABASE',
  ]);
  const settleMinutes = Number(settings.SETTLE_MINUTES);
  if (!Number.isFinite(settleMinutes) || settleMinutes < 0)
    throw new ConfigurationError('SETTLE_MINUTES must be a number of minutes');
  const client = new S3Client({});
  return {
    lake: new ObjectStore(client, settings.LAKE_BUCKET),
    versions: new ObjectVersions(client, settings.LAKE_BUCKET),
    parameters: requestParameters(new SSMClient({}), settings.ERASURE_PARAMETER_PATH),
    readSuppressionKey: suppressionKey(settings.SUPPRESSION_KEY_PARAMETER),
    subjects: parseSubjects(subjects),
    settleMs: settleMinutes * 60_000,
    openWarehouse: connectWarehouse({
      workgroup: settings.WAREHOUSE_WORKGROUP,
      database: settings.WAREHOUSE_DATABASE,
    }),
  };
}

/** Erases a person whom a request names from the lake, step by step. */
export const handler = createHandler({
  name: 'erase-customer',
  start,
  async run(
    event,
    { openWarehouse, ...services },
    { remainingMs, logger, metrics },
  ): Promise<EraseAnswer & { readonly duration_ms: number }> {
    const startedAt = performance.now();
    const request = parseEvent(event);
    logger.appendKeys({ request_id: request.requestId });
    const answer = await eraseCustomer(
      {
        ...services,
        readLedger: () => loadsInLedger(openWarehouse(remainingMs())),
        hasTime: () => remainingMs() > reserveMs,
        now: () => new Date(),
      },
      request,
    );
    const { partitions, ...logged } = answer;
    logger.info(`request ${answer.outcome}`, { ...logged, partitions: partitions.length });
    metrics.addMetric('RowsErased', MetricUnit.Count, answer.outcome === 'purged' ? rowsErased(answer) : 0);
    metrics.addMetric('ErasuresPurged', MetricUnit.Count, answer.outcome === 'purged' ? 1 : 0);
    return { ...answer, duration_ms: Math.round(performance.now() - startedAt) };
  },
});
