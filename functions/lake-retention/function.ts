import { defineMaintenanceFunction } from '../../shared/fleet/maintenance-function.ts';
import { lakeKey, lakeListing, lakeObjects } from '../../shared/fleet/policies/lake.ts';
import { dataApiStatements } from '../../shared/fleet/policies/warehouse.ts';

export default defineMaintenanceFunction({
  name: 'lake-retention',
  description: 'Removes loads of the lake that no pointer and no ledger row names.',
  memoryMb: 1024,
  environment: {
    LAKE_BUCKET: '${lake_bucket}',
    RETENTION_DAYS: '30',
    // longer than any attempt lives
    CONFIRM_HOURS: '12',
    WAREHOUSE_WORKGROUP: '${warehouse_workgroup}',
    WAREHOUSE_DATABASE: '${warehouse_database}',
  },
  databaseRoles: ['ingest'],
  policy: [
    lakeObjects('ReadPointers', ['s3:GetObject'], ['raw/', 'retention/']),
    lakeObjects('RememberUnnamedLoads', ['s3:PutObject'], ['retention/']),
    // hides them behind delete markers; it may remove no version
    lakeObjects('RemoveLoads', ['s3:DeleteObject'], ['raw/', 'quarantine/']),
    lakeListing(['raw/', 'quarantine/', 'retention/']),
    lakeKey('read', 'write'),
    ...dataApiStatements('own_user'),
  ],
  triggers: [{ type: 'schedule', name: 'nightly', expression: 'cron(30 4 * * ? *)', input: {} }],
  alarm: {
    impact: 'Nobody is hurt: the lake grows by loads that were replaced, and its bill with it.',
    runbook: 'functions/lake-retention/README.md',
  },
});
