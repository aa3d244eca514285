import {
  at,
  ofType,
  textAt,
  violation,
  type Plan,
  type PlannedResource,
  type Violation,
} from '../harness/plan.ts';

const RULE = 'encrypted with a key of our own';

/** Attributes by which a resource of AWS names its KMS key. */
const keyAttribute = /^(.*_)?kms_(master_)?key(_id|_arn|_identifier)?$/;

/** Attributes that switch encryption, or the cheaper use of a key, on. */
const switchAttribute = /^(.*_)?(encrypted|encryption_enabled|sse_enabled|bucket_key_enabled)$/;

/** Where a key of our own is left out, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'aws_lambda_function.source_kms_key_arn':
    'bundles are read from the bucket of artefacts, which has its own key',
  'aws_s3_object_copy.source_customer_key': 'no keys by request',
};

/** Whatever can be encrypted with a KMS key is, also types that are not used yet: the provider's schema says which. */
export function encryption(plan: Plan): Violation[] {
  return [
    ...plan.resources.flatMap((resource) => keysMissing(plan, resource)),
    ...bucketsWithoutKey(plan),
    ...ofType(plan, 'aws_kms_key')
      .filter(
        ({ values }) =>
          values['enable_key_rotation'] !== true || Number(values['deletion_window_in_days']) < 7,
      )
      .map(({ address }) => violation(RULE, address, 'the key does not rotate, or is deleted within a week')),
    ...ofType(plan, 'aws_ecr_repository')
      .filter(
        ({ values }) =>
          textAt(values, 'encryption_configuration.0.kms_key') === '' ||
          textAt(values, 'encryption_configuration.0.encryption_type') !== 'KMS',
      )
      .map(({ address }) => violation(RULE, address, 'images are not encrypted with a KMS key')),
  ];
}

function keysMissing(plan: Plan, { address, type, values }: PlannedResource): Violation[] {
  const attributes = Object.entries(plan.schema.resources[type]?.attributes ?? {});
  return attributes.flatMap(([name, { optional, required, type: valueType }]) => {
    if (!(optional || required) || exceptions[`${type}.${name}`] !== undefined) return [];
    if (keyAttribute.test(name) && !hasKey(type, name, values))
      return [violation(RULE, address, `${name} is not set`)];
    if (
      switchAttribute.test(name) &&
      valueType === 'bool' &&
      values[name] !== true &&
      !hasKey(type, name, values)
    )
      return [violation(RULE, address, `${name} is not true`)];
    return [];
  });
}

/** A queue is encrypted either with a KMS key or by SQS itself, which needs no rights on a key. */
const hasKey = (type: string, name: string, values: PlannedResource['values']): boolean =>
  textAt(values, name) !== '' || (type === 'aws_sqs_queue' && values['sqs_managed_sse_enabled'] === true);

function bucketsWithoutKey(plan: Plan): Violation[] {
  const settings = ofType(plan, 'aws_s3_bucket_server_side_encryption_configuration');
  // S3 delivers access logs only to buckets that are encrypted with its own key
  const logTargets = ofType(plan, 'aws_s3_bucket_logging').map(({ values }) => values['target_bucket']);
  return ofType(plan, 'aws_s3_bucket').flatMap(({ address, values }) => {
    const own = settings.find((setting) => setting.values['bucket'] === values['bucket']);
    const rule = at(own?.values, 'rule.0');
    const algorithm = textAt(rule, 'apply_server_side_encryption_by_default.0.sse_algorithm');
    if (logTargets.includes(values['bucket'] ?? null))
      return algorithm === 'AES256' ? [] : [violation(RULE, address, 'a target of access logs needs SSE-S3')];
    const key = textAt(rule, 'apply_server_side_encryption_by_default.0.kms_master_key_id');
    const isGood = algorithm === 'aws:kms' && key !== '' && at(rule, 'bucket_key_enabled') === true;
    return isGood
      ? []
      : [violation(RULE, address, 'objects are not encrypted with a KMS key and a bucket key')];
  });
}
