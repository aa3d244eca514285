import { lakeReadStatements } from '../../shared/fleet/policies/lake.ts';
import { defineWarehouseFunction } from '../../shared/fleet/warehouse-function.ts';

export default defineWarehouseFunction({
  name: 'load-warehouse',
  description: 'Loads what the pointer of a partition names into the warehouse, exactly once.',
  reservedConcurrency: 10,
  signIn: ['ingest'],
  environment: { LAKE_BUCKET: '${lake_bucket}', COPY_ROLE_ARN: '${copy_role_arn}' },
  policy: lakeReadStatements(),
  alarm: {
    impact:
      'Partitions that are in the lake are missing from the warehouse, or there in an older version; every dashboard is behind for them until they are loaded.',
    runbook: 'docs/runbooks/partition-failed.md',
  },
});
