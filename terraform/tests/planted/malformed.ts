import { block, END, mistake, type Mistake } from './mistake.ts';

const WAREHOUSE = 'modules/warehouse/main.tf';
const FLEET = 'modules/fleet/main.tf';
const AIRFLOW = 'modules/orchestration/main.tf';
const PROD = 'environments/prod/main.tf';

/** What Terraform itself refuses, given the provider's schema. */
export const malformed: readonly Mistake[] = [
  mistake(
    'a misspelt attribute',
    WAREHOUSE,
    'enhanced_vpc_routing =',
    'enhanced_vpc_ruoting =',
    /Unsupported argument/,
  ),
  mistake(
    'a misspelt type',
    FLEET,
    '"aws_sqs_queue" "dead_letter"',
    '"aws_sqs_que" "dead_letter"',
    /aws_sqs_que/,
  ),
  mistake('a missing block', AIRFLOW, block('network_configuration', 2), '', /network_configuration/),
  mistake('a missing argument', FLEET, /^ {2}role {10}= .*\n/m, '', /"role" is required/),
  mistake(
    'a wrong type',
    FLEET,
    'size = each.value.ephemeral_storage_mb',
    'size = "plenty"',
    /number is required/,
  ),
  mistake(
    'an output that there is not',
    'modules/platform/main.tf',
    'module.lake.key_arn',
    'module.lake.key',
    /Unsupported attribute/,
  ),
  mistake(
    'a block that there is not',
    FLEET,
    'ephemeral_storage {',
    'ephemeral_disk {',
    /Unsupported block type/,
  ),
  mistake(
    'a count that is not known at first',
    'modules/lake/main.tf',
    END,
    '\nresource "aws_kms_alias" "second" {\n  count         = aws_kms_key.lake.key_id == "" ? 0 : 1\n  name          = "alias/second"\n  target_key_id = aws_kms_key.lake.key_id\n}\n',
    /Invalid count argument/,
  ),
  mistake(
    'a value outside its domain',
    PROD,
    'warehouse_base_capacity     = 8',
    'warehouse_base_capacity     = 12',
    /multiple of 8/,
  ),
];
