import { parameterStatements } from '../../shared/fleet/policies/parameters.ts';
import { defineWarehouseFunction } from '../../shared/fleet/warehouse-function.ts';

export default defineWarehouseFunction({
  name: 'migrate-warehouse',
  description: "Brings the warehouse's schemas, tables, roles, grants, masks and key material up to date.",
  reservedConcurrency: 5,
  signIn: 'admin',
  environment: {
    KEY_MATERIAL_PARAMETER: '${key_material_parameter}',
    // who may use it is part of the access that it grants
    COPY_ROLE_ARN: '${copy_role_arn}',
  },
  policy: parameterStatements('platform', ['${key_material_parameter}']),
  alarm: {
    impact:
      'Loading stops where a source gained a column or a table is missing; what was loaded before stays correct and readable.',
    runbook: 'functions/migrate-warehouse/README.md',
  },
});
