import {
  at,
  isObject,
  ofType,
  textAt,
  violation,
  type Json,
  type Plan,
  type PlannedResource,
  type Violation,
} from '../harness/plan.ts';
import { policyDocuments, type Statement } from './policy-documents.ts';

const TLS = 'TLS only';
const KEPT = 'can be restored, and is cleaned up';

/** Stores and channels refuse plain HTTP; buckets keep versions, clean up and log who reads. */
export const bucketsAndQueues = (plan: Plan): Violation[] => [
  ...plainHttp(plan),
  ...bucketsNotKept(plan),
  ...logsForEver(plan),
];

/** Type → type of the policy that belongs to it, and the attribute by which it does. */
const channels: Readonly<Record<string, readonly [string, string, string]>> = {
  aws_s3_bucket: ['aws_s3_bucket_policy', 'bucket', 'bucket'],
  aws_sqs_queue: ['aws_sqs_queue_policy', 'url', 'queue_url'],
  aws_sns_topic: ['aws_sns_topic_policy', 'arn', 'arn'],
};

function plainHttp(plan: Plan): Violation[] {
  const documents = policyDocuments(plan);
  return plan.resources.flatMap((resource) => {
    const channel = channels[resource.type];
    if (channel === undefined) return [];
    const [policyType, own, theirs] = channel;
    const statements = documents
      .filter(
        (document) =>
          document.resource.type === policyType && document.resource.values[theirs] === resource.values[own],
      )
      .flatMap((document) => document.statements);
    return statements.some((statement) => deniesPlainHttp(statement, resource))
      ? []
      : [violation(TLS, resource.address, 'plain HTTP is not refused')];
  });
}

function deniesPlainHttp(statement: Statement, { type, values }: PlannedResource): boolean {
  const arn = textAt(values, 'arn');
  const wanted = type === 'aws_s3_bucket' ? [arn, `${arn}/*`] : [arn];
  return (
    !statement.allows &&
    statement.principals.includes('*') &&
    statement.conditions.get('Bool aws:SecureTransport')?.join() === 'false' &&
    wanted.every((resource) => statement.resources.includes(resource)) &&
    (type === 'aws_sns_topic' || statement.actions.some((action) => /^(s3|sqs):\*$/.test(action)))
  );
}

const elements = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

function bucketsNotKept(plan: Plan): Violation[] {
  const logTargets = ofType(plan, 'aws_s3_bucket_logging').map(({ values }) => values['target_bucket']);
  return ofType(plan, 'aws_s3_bucket').flatMap(({ address, values }) => {
    const own = (type: string) =>
      ofType(plan, type).find((other) => other.values['bucket'] === values['bucket'])?.values;
    const rules = elements(at(own('aws_s3_bucket_lifecycle_configuration'), 'rule')).filter(
      (rule) => at(rule, 'status') === 'Enabled',
    );
    const forAll = rules.filter((rule) => textAt(rule, 'filter.0.prefix') === '');
    const problems = [
      [
        textAt(own('aws_s3_bucket_versioning'), 'versioning_configuration.0.status') === 'Enabled',
        'versions are not kept',
      ],
      [
        forAll.some(
          (rule) => Number(at(rule, 'abort_incomplete_multipart_upload.0.days_after_initiation')) > 0,
        ),
        'uploads that were broken off stay for ever',
      ],
      [
        forAll.some((rule) => Number(at(rule, 'noncurrent_version_expiration.0.noncurrent_days')) >= 7),
        'old versions go within a week, or never',
      ],
      [values['force_destroy'] === false, 'force_destroy would delete a bucket with all it holds'],
      [
        logTargets.includes(values['bucket'] ?? null) || own('aws_s3_bucket_logging') !== undefined,
        'nobody can say who read it',
      ],
      [!expiresData(textAt(values, 'bucket'), rules), 'committed data expires'],
    ] as const;
    return problems.flatMap(([isGood, what]) => (isGood ? [] : [violation(KEPT, address, what)]));
  });
}

/** In the lake only what is under `failed/` may expire; the states of Terraform never. */
const expiresData = (bucket: string, rules: readonly Json[]): boolean =>
  /-lake-|terraform-state/.test(bucket) &&
  rules.some((rule) => isObject(at(rule, 'expiration.0')) && textAt(rule, 'filter.0.prefix') !== 'failed/');

const logsForEver = (plan: Plan): Violation[] => [
  ...ofType(plan, 'aws_cloudwatch_log_group')
    .filter(({ values }) => !(Number(values['retention_in_days']) >= 30))
    .map(({ address }) => violation(KEPT, address, 'logs are kept for ever, or for less than 30 days')),
  ...ofType(plan, 'aws_ecr_repository')
    .filter(
      ({ values }) =>
        values['image_tag_mutability'] !== 'IMMUTABLE' ||
        at(values, 'image_scanning_configuration.0.scan_on_push') !== true,
    )
    .map(({ address }) => violation(KEPT, address, 'images can be replaced, or are not scanned')),
];
