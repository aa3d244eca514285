import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { S3Client } from '@aws-sdk/client-s3';
import type { Contract } from '../contracts/contract.ts';
import { ObjectStore } from '../lake/object-store.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { createHandler } from '../runtime/handler.ts';
import { ingestPartition } from './ingest-partition.ts';
import { partitionAge } from './partition-age.ts';
import { parseIngestRequest } from './request.ts';
import type { IngestResult } from './result.ts';
import type { Source } from './source.ts';
import { suppressionKey } from './suppression/suppression-key.ts';

/** The handler of an ingest function: everything but what its source is. `start` makes the source, once per instance. */
export function createIngestHandler(contract: Contract, start: () => Source) {
  return createHandler({
    name: contract.source.replaceAll('_', '-'),
    start: () => {
      const settings = readEnvironment(['LAKE_BUCKET', 'SUPPRESSION_KEY_PARAMETER']);
      return {
        lake: new ObjectStore(new S3Client({}), settings.LAKE_BUCKET),
        source: start(),
        readSuppressionKey: suppressionKey(settings.SUPPRESSION_KEY_PARAMETER),
      };
    },
    async run(event, services, { logger, metrics }): Promise<IngestResult> {
      const startedAt = performance.now();
      const request = parseIngestRequest(event, contract.cadence);
      logger.appendKeys({
        source: contract.source,
        partition_date: request.date,
        partition_hour: request.hour,
      });
      const answer = await ingestPartition(contract, request, { ...services, now: () => new Date() });
      const result = { ...answer, duration_ms: Math.round(performance.now() - startedAt) };
      logger.info(`partition ${result.outcome}`, { result });
      for (const [account, count] of Object.entries(result.rows))
        metrics.addMetric(
          `Rows${account[0]?.toUpperCase() ?? ''}${account.slice(1)}`,
          MetricUnit.Count,
          count,
        );
      metrics.addMetric('PartitionAge', MetricUnit.Seconds, partitionAge(request, new Date()));
      return result;
    },
  });
}

/** The bucket that the company's exports lie in; it may be in another region than the platform. */
export function sourceStore(): ObjectStore {
  const { SOURCE_BUCKET, SOURCE_REGION } = readEnvironment(['SOURCE_BUCKET', 'SOURCE_REGION']);
  return new ObjectStore(new S3Client({ region: SOURCE_REGION }), SOURCE_BUCKET);
}
