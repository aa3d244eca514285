import { defineMaintenanceFunction } from '../../shared/fleet/maintenance-function.ts';
import { lakeKey, lakeListing, lakeObjects, lakeVersionRemoval } from '../../shared/fleet/policies/lake.ts';
import { parameterStatements } from '../../shared/fleet/policies/parameters.ts';
import { dataApiStatements } from '../../shared/fleet/policies/warehouse.ts';

/** Where the operator leaves the identifiers of a request, and where the function deletes them. */
const requests = '${suppression_key_parameter}_requests';

export default defineMaintenanceFunction({
  name: 'erase-customer',
  description: 'Erases a person on request: suppression list, new commits, purge of old versions.',
  memoryMb: 1769,
  temporaryDiskMb: 4096,
  layers: ['duckdb'],
  environment: {
    LAKE_BUCKET: '${lake_bucket}',
    SUPPRESSION_KEY_PARAMETER: '${suppression_key_parameter}',
    ERASURE_PARAMETER_PATH: requests,
    // an attempt to ingest lives 15 minutes at most
    SETTLE_MINUTES: '20',
    WAREHOUSE_WORKGROUP: '${warehouse_workgroup}',
    WAREHOUSE_DATABASE: '${warehouse_database}',
  },
  databaseRoles: ['ingest'],
  policy: [
    lakeObjects('ReadTheLake', ['s3:GetObject'], ['raw/', 'suppression/']),
    lakeObjects('ReadVersions', ['s3:GetObjectVersion'], ['raw/', 'quarantine/']),
    lakeObjects('ReadQuarantine', ['s3:GetObject'], ['quarantine/']),
    lakeObjects('WriteTheLake', ['s3:PutObject'], ['raw/', 'quarantine/', 'suppression/']),
    lakeListing(['raw/', 'suppression/']),
    ...lakeVersionRemoval(['raw/', 'quarantine/']),
    lakeKey('read', 'write'),
    ...parameterStatements('platform', ['${suppression_key_parameter}', `${requests}/*`]),
    {
      sid: 'ForgetIdentifiers',
      actions: ['ssm:DeleteParameter'],
      resources: [`arn:aws:ssm:\${region}:\${account_id}:parameter${requests}/*`],
    },
    ...dataApiStatements('own_user'),
  ],
  alarm: {
    impact:
      'A person who asked to be erased is still in the lake or the warehouse; a legal deadline is running.',
    runbook: 'docs/runbooks/erase-a-customer.md',
  },
});
