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

export const DATABASE_PARAMETERS = '/coretelecomms/database';
export const GOOGLE_PARAMETERS = '/coretelecomms/google';
export const KEY_MATERIAL_PARAMETER = '/coretelecomms/platform/key_material';
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
  parameter_key_arn: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/ssm`,
  database_parameter_path: DATABASE_PARAMETERS,
  google_parameter_path: GOOGLE_PARAMETERS,
  key_material_parameter: KEY_MATERIAL_PARAMETER,
  warehouse_workgroup: WAREHOUSE_WORKGROUP,
  warehouse_database: WAREHOUSE_DATABASE,
  copy_role_arn: `arn:aws:iam::${ACCOUNT}:role/coretelecoms-copy`,
};

/** The root of the repository. */
export const REPOSITORY = join(import.meta.dirname, '..', '..');
/** Where everything local is kept: `.local`, or another folder for a second platform beside it (tests). */
export const DEFAULT_HOME = process.env.PLATFORM_HOME ?? join(REPOSITORY, '.local');
