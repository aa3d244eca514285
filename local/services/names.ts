/** What the stand-ins call the things that Terraform names in the cloud. */
import { join } from 'node:path';

export const REGION = 'eu-north-1';
export const ACCOUNT = '000000000000';
export const LAKE_BUCKET = 'coretelecoms-lake';
export const SOURCE_BUCKET = 'core-telecoms-data-lake';
export const TOPIC_ARN = `arn:aws:sns:${REGION}:${ACCOUNT}:coretelecoms-alerts`;
export const TOPIC = 'coretelecoms-alerts';
export const ALERT_RECIPIENT = 'data-engineering@coretelecoms.example';

export const WAREHOUSE_WORKGROUP = 'coretelecoms';
export const WAREHOUSE_DATABASE = 'coretelecoms';
export const WAREHOUSE_WORKGROUP_ARN = `arn:aws:redshift-serverless:${REGION}:${ACCOUNT}:workgroup/00000000-0000-4000-8000-000000000001`;
export const WAREHOUSE_ADMIN_SECRET_ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:redshift!coretelecoms-admin-AbCdEf`;

export const LAKE_KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/00000000-0000-4000-8000-000000000002`;
export const PARAMETER_KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/00000000-0000-4000-8000-000000000003`;

export const DATABASE_PARAMETERS = '/coretelecomms/database';
export const GOOGLE_PARAMETERS = '/coretelecomms/google';
export const KEY_MATERIAL_PARAMETER = '/coretelecomms/platform/key_material';
export const SUPPRESSION_KEY_PARAMETER = '/coretelecomms/platform/suppression_key';
export const WEB_FORMS_SCHEMA = 'customer_complaints';

/** The stand-ins accept any credentials; the account follows from the key not being an account number. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Values of the `${references}` in terraform/generated/functions.json. */
export const REFERENCES: Readonly<Record<string, string>> = {
  lake_bucket: LAKE_BUCKET,
  source_bucket: SOURCE_BUCKET,
  source_region: REGION,
  account_id: ACCOUNT,
  region: REGION,
  database_ssl_mode: 'disable',
  lake_key_arn: LAKE_KEY_ARN,
  parameter_key_arn: PARAMETER_KEY_ARN,
  database_parameter_path: DATABASE_PARAMETERS,
  google_parameter_path: GOOGLE_PARAMETERS,
  key_material_parameter: KEY_MATERIAL_PARAMETER,
  suppression_key_parameter: SUPPRESSION_KEY_PARAMETER,
  warehouse_workgroup: WAREHOUSE_WORKGROUP,
  warehouse_workgroup_arn: WAREHOUSE_WORKGROUP_ARN,
  warehouse_database: WAREHOUSE_DATABASE,
  warehouse_admin_secret_arn: WAREHOUSE_ADMIN_SECRET_ARN,
  copy_role_arn: `arn:aws:iam::${ACCOUNT}:role/coretelecoms-copy`,
};

/** The root of the repository. */
export const REPOSITORY = join(import.meta.dirname, '..', '..');
/** Where everything local is kept: `.local`, or another folder for a second platform beside it (tests). */
export const DEFAULT_HOME = process.env.PLATFORM_HOME ?? join(REPOSITORY, '.local');
