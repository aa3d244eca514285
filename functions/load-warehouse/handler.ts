import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { S3Client } from '@aws-sdk/client-s3';
import { ObjectStore } from '../../shared/lake/object-store.ts';
import { readEnvironment } from '../../shared/runtime/environment.ts';
import { createHandler } from '../../shared/runtime/handler.ts';
import { connectWarehouse, type OpenWarehouse } from '../../shared/warehouse/connect.ts';
import { parseEvent, type Cadences } from './event.ts';
import cadences from './generated/cadences.json' with { type: 'json' };
import { loadPartition, type LoadOutcome } from './load-partition.ts';

export interface LoadResult {
  readonly source: string;
  readonly partition_date: string;
  readonly partition_hour: number | null;
  readonly outcome: LoadOutcome['outcome'];
  readonly load_id: string | null;
  readonly commit_seq: number | null;
  /** Rows that the partition stands for in the warehouse. */
  readonly rows_loaded: number;
  readonly duration_ms: number;
}

interface Services {
  readonly lake: ObjectStore;
  readonly openWarehouse: OpenWarehouse;
  readonly copyRoleArn: string;
}

function start(): Services {
  const settings = readEnvironment([
    'LAKE_BUCKET',
    'WAREHOUSE_WORKGROUP',
    'WAREHOUSE_DATABASE',
    'COPY_ROLE_ARN',
  ]);
  return {
    lake: new ObjectStore(new S3Client({}), settings.LAKE_BUCKET),
    openWarehouse: connectWarehouse({
      workgroup: settings.WAREHOUSE_WORKGROUP,
      database: settings.WAREHOUSE_DATABASE,
    }),
    copyRoleArn: settings.COPY_ROLE_ARN,
  };
}

const fleetCadences: Cadences = cadences;

/** Loads what a partition's pointer names into the warehouse. */
export const handler = createHandler<Services, LoadResult>({
  name: 'load-warehouse',
  start,
  async run(event, { lake, openWarehouse, copyRoleArn }, { remainingMs, logger, metrics }) {
    const startedAt = performance.now();
    const partition = parseEvent(event, fleetCadences);
    const warehouse = openWarehouse(remainingMs());
    const loaded = await loadPartition(partition, { lake, warehouse, copyRoleArn, now: () => new Date() });
    const result: LoadResult = {
      source: partition.source,
      partition_date: partition.date,
      partition_hour: partition.hour,
      outcome: loaded.outcome,
      load_id: loaded.loadId,
      commit_seq: loaded.commitSeq,
      rows_loaded: loaded.rows,
      duration_ms: Math.round(performance.now() - startedAt),
    };
    metrics.addMetric('RowsLoaded', MetricUnit.Count, loaded.outcome === 'loaded' ? loaded.rows : 0);
    logger.info('partition loaded', { ...result });
    return result;
  },
});
