import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { SSMClient } from '@aws-sdk/client-ssm';
import { readEnvironment } from '../../shared/runtime/environment.ts';
import { InvalidRequest } from '../../shared/runtime/errors.ts';
import { createHandler } from '../../shared/runtime/handler.ts';
import { readParameters } from '../../shared/runtime/parameters.ts';
import { connectWarehouse, type OpenWarehouse } from '../../shared/warehouse/connect.ts';
import rawTables from './generated/raw-tables.json' with { type: 'json' };
import { migrateWarehouse, type MigrationResult } from './migrate-warehouse.ts';
import { migrations } from './migrations/index.ts';

interface Services {
  readonly ssm: SSMClient;
  readonly openWarehouse: OpenWarehouse;
  readonly keyMaterialParameter: string;
  readonly copyRoleArn: string;
}

function start(): Services {
  const settings = readEnvironment([
    'WAREHOUSE_WORKGROUP',
    'WAREHOUSE_DATABASE',
    'WAREHOUSE_ADMIN_SECRET_ARN',
    'COPY_ROLE_ARN',
    'KEY_MATERIAL_PARAMETER',
  ]);
  return {
    ssm: new SSMClient({}),
    openWarehouse: connectWarehouse({
      workgroup: settings.WAREHOUSE_WORKGROUP,
      database: settings.WAREHOUSE_DATABASE,
      secretArn: settings.WAREHOUSE_ADMIN_SECRET_ARN,
    }),
    keyMaterialParameter: settings.KEY_MATERIAL_PARAMETER,
    copyRoleArn: settings.COPY_ROLE_ARN,
  };
}

/** Brings the warehouse's structure up to date; event `{}`. */
export const handler = createHandler<Services, MigrationResult>({
  name: 'migrate-warehouse',
  start,
  async run(
    event,
    { ssm, openWarehouse, keyMaterialParameter, copyRoleArn },
    { remainingMs, logger, metrics },
  ) {
    refuseFields(event);
    const [value = ''] = await readParameters(ssm, [keyMaterialParameter]);
    const result = await migrateWarehouse(openWarehouse(remainingMs()), {
      migrations,
      rawTables,
      keyMaterial: { value, parameter: keyMaterialParameter },
      copyRoleArn,
      now: () => new Date(),
    });
    metrics.addMetric('MigrationsApplied', MetricUnit.Count, result.applied.length);
    logger.info('warehouse migrated', { ...result });
    return result;
  },
});

function refuseFields(event: unknown): void {
  if (typeof event !== 'object' || event === null || Object.keys(event).length > 0) {
    throw new InvalidRequest('The event must be an empty object.');
  }
}
