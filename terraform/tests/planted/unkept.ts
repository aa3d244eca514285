import { block, END, mistake, type Mistake } from './mistake.ts';

const BUCKET = 'modules/bucket/main.tf';
const WAREHOUSE = 'modules/warehouse/main.tf';
const FLEET = 'modules/fleet/main.tf';
const TOPIC = 'modules/observability/topic.tf';
const PROD = 'environments/prod/main.tf';

/** In clear, or for ever, or for nobody to see. */
export const unkept: readonly Mistake[] = [
  mistake(
    'a bucket in clear',
    BUCKET,
    block('resource "aws_s3_bucket_server_side_encryption_configuration" "this"'),
    '',
    /KMS key/,
  ),
  mistake(
    'a bucket with a key of AWS',
    BUCKET,
    'kms_master_key_id = var.kms_key_arn',
    'kms_master_key_id = null',
    /KMS key/,
  ),
  mistake(
    'logs in clear',
    FLEET,
    /^ {2}kms_key_id {8}= var\.operations_key_arn\n/m,
    '',
    /kms_key_id is not set/,
  ),
  mistake('alerts in clear', TOPIC, /^ {2}kms_master_key_id = .*\n/m, '', /kms_master_key_id is not set/),
  mistake(
    'dead letters in clear',
    FLEET,
    'sqs_managed_sse_enabled   = true',
    'sqs_managed_sse_enabled   = false',
    /kms_master_key_id is not set/,
  ),
  mistake(
    'a warehouse with a key of AWS',
    WAREHOUSE,
    /^ {2}kms_key_id {2}= .*\n/m,
    '',
    /kms_key_id is not set/,
  ),
  mistake(
    'a key that never rotates',
    'modules/lake/main.tf',
    'enable_key_rotation     = true',
    'enable_key_rotation     = false',
    /rotate/,
  ),
  mistake(
    'a stream of a type not used so far, in clear',
    'modules/lake/main.tf',
    END,
    '\nresource "aws_kinesis_stream" "events" {\n  name = "events"\n}\n',
    /kms_key_id is not set/,
  ),
  mistake(
    'states without versions',
    BUCKET,
    'status = "Enabled"\n  }\n}',
    'status = "Suspended"\n  }\n}',
    /versions are not kept/,
  ),
  mistake(
    'a lake that expires',
    'modules/lake/main.tf',
    '{ "failed/" = var.failed_load_days }',
    '{ "raw/" = 30 }',
    /committed data expires/,
  ),
  mistake(
    'a bucket destroyed with all it holds',
    BUCKET,
    'force_destroy = false',
    'force_destroy = true',
    /force_destroy/,
  ),
  mistake(
    'a state without a lock',
    'environments/prod/backend.tf',
    'use_lockfile = true',
    'use_lockfile = false',
    /locked/,
  ),
  mistake(
    'a password in the code',
    WAREHOUSE,
    'manage_admin_password            = true',
    'admin_user_password = "Sommer2026!"',
    /password/,
  ),
  mistake(
    'a parameter whose value is in the state',
    'modules/fleet/references.tf',
    END,
    '\nresource "aws_ssm_parameter" "key" {\n  name   = "/x"\n  type   = "SecureString"\n  key_id = aws_kms_key.parameters.key_id\n  value  = var.name_prefix\n}\n',
    /value has a value/,
  ),
  mistake(
    'a key in a setting',
    'modules/orchestration/files.tf',
    'LAKE_BUCKET          =',
    `AWS_ACCESS_KEY_ID = "AKIA${'A'.repeat(16)}"\n    LAKE_BUCKET          =`,
    /looks like a secret/,
  ),
  mistake('logs for ever', FLEET, /^ {2}retention_in_days = .*\n/m, '', /for ever/),
  mistake(
    'images that can be replaced',
    'modules/delivery/artifacts.tf',
    '"IMMUTABLE"',
    '"MUTABLE"',
    /images can be replaced/,
  ),
  mistake('nothing says whose it is', PROD, /^ {6}Owner {7}= var\.owner\n/m, '', /tag Owner/),
  mistake('any version of the provider', 'modules/lake/versions.tf', '"~> 6.66"', '">= 5.0"', /pinned/),
  mistake(
    'changes by hand that stay',
    WAREHOUSE,
    'lifecycle {\n',
    'lifecycle {\n    ignore_changes = [config_parameter]\n',
    /ignore_changes/,
  ),
];
