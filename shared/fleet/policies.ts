import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

const objects = (bucket: string, prefix: string): string => `arn:aws:s3:::${bucket}/${prefix}`;

/** Without it S3 answers 403 instead of 404, and "not there" looks like "forbidden". */
const listing = (sid: string, bucket: string, prefixes: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    sid,
    actions: ['s3:ListBucket'],
    resources: [`arn:aws:s3:::${bucket}`],
    conditions: { StringLike: { 's3:prefix': [...prefixes] } },
  });

/** Land and commit partitions of one source; nothing may be deleted. */
export const lakeStatements = (source: string): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'ReadTheLake',
    actions: ['s3:GetObject'],
    resources: [objects('${lake_bucket}', `raw/${source}/*`)],
  }),
  new PolicyStatement({
    sid: 'WriteTheLake',
    actions: ['s3:PutObject'],
    resources: ['raw', 'quarantine', 'failed'].map((zone) =>
      objects('${lake_bucket}', `${zone}/${source}/*`),
    ),
  }),
  listing('ListTheLake', '${lake_bucket}', [`raw/${source}/*`]),
];

/** Read a source's objects under one prefix. */
export const sourceObjectStatements = (prefix: string): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'ReadTheSource',
    actions: ['s3:GetObject'],
    resources: [objects('${source_bucket}', `${prefix}*`)],
  }),
  listing('ListTheSource', '${source_bucket}', [`${prefix}*`]),
];

/** Read the company's SecureStrings; `paths` begin with a slash or are references that do. */
export const parameterStatements = (paths: readonly string[]): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'ReadParameters',
    actions: ['ssm:GetParameters'],
    resources: paths.map((path) => `arn:aws:ssm:\${source_region}:\${account_id}:parameter${path}`),
  }),
  new PolicyStatement({
    sid: 'DecryptParameters',
    actions: ['kms:Decrypt'],
    resources: ['${parameter_key_arn}'],
    conditions: { StringEquals: { 'kms:ViaService': 'ssm.${source_region}.amazonaws.com' } },
  }),
];
