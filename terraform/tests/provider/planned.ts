import { createHash } from 'node:crypto';
import type { Attribute, Block, CtyType } from './schema.ts';

/** The account and region that plans are rendered for. */
export const ACCOUNT = '111111111111';
export const REGION = 'eu-north-1';

type Values = Record<string, unknown>;

interface Planning {
  readonly type: string;
  readonly block: Block;
  /** Tags that the provider's configuration puts on everything. */
  readonly defaultTags: Readonly<Record<string, unknown>>;
  /** Stands for a value that is known after apply only. */
  readonly unknown: unknown;
  /** As before the first apply with the real provider: whatever AWS decides is unknown. */
  readonly nothingExists: boolean;
}

/**
 * What the provider would plan for a new resource: what the configuration says, and stand-ins for what AWS decides.
 * Values that only AWS decides (identifiers, ARNs) get a readable stand-in, so that a policy built from them can be
 * read in the plan; values that the configuration may set and did not stay unknown, so that no check takes a stand-in
 * for a choice.
 */
export function plannedResource(
  proposed: Values,
  { type, block, defaultTags, unknown, nothingExists }: Planning,
): Values {
  const planned: Values = { ...proposed };
  const name = nameOf(proposed, type);
  for (const [key, attribute] of Object.entries(block.attributes)) {
    if (attribute.writeOnly) planned[key] = null;
    else if (planned[key] === null && attribute.computed)
      planned[key] = nothingExists ? unknown : computedValue({ key, attribute, type, name, unknown });
  }
  if ('tags_all' in planned) planned['tags_all'] = { ...defaultTags, ...entriesOf(proposed['tags']) };
  return planned;
}

const nameKeys = ['bucket', 'name', 'function_name', 'workgroup_name', 'namespace_name', 'layer_name'];

const nameOf = (values: Values, type: string): string =>
  (type === 'aws_kms_key' ? ['description'] : nameKeys)
    .map((key) => values[key])
    .find((value) => typeof value === 'string') ?? fingerprint(values);

/** Tells things apart that have no name. */
const fingerprint = (values: Values): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 12);

interface ComputedOptions {
  readonly key: string;
  readonly attribute: Attribute;
  readonly type: string;
  readonly name: string;
  readonly unknown: unknown;
}

function computedValue({ key, attribute, type, name, unknown }: ComputedOptions): unknown {
  if (key === 'region') return REGION;
  if (key === 'id') return idOf(type, name);
  if (key === 'arn') return arnOf(type, name);
  if (key === 'admin_password_secret_arn')
    return `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:redshift!${name}`;
  return attribute.optional ? unknown : standIn(attribute.type, `${type}.${name}.${key}`);
}

const idsThatAreNames =
  /^aws_(s3_bucket|iam_role|cloudwatch_log_group|ssm_parameter|redshiftserverless_workgroup)$/;

const idOf = (type: string, name: string): string =>
  idsThatAreNames.test(type) ? name : `${type.replace(/^aws_/, '')}-${name}`.replaceAll('_', '-');

/** Services whose ARNs are not `arn:aws:<first word of the type>:<region>:<account>:<rest>/<name>`. */
const arns: Readonly<Record<string, (name: string) => string>> = {
  aws_s3_bucket: (name) => `arn:aws:s3:::${name}`,
  aws_iam_role: (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
  aws_iam_policy: (name) => `arn:aws:iam::${ACCOUNT}:policy/${name}`,
  aws_iam_openid_connect_provider: (name) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${name}`,
  aws_lambda_function: (name) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
  aws_lambda_layer_version: (name) => `arn:aws:lambda:${REGION}:${ACCOUNT}:layer:${name}:1`,
  aws_cloudwatch_log_group: (name) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}`,
  aws_sns_topic: (name) => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`,
  aws_sqs_queue: (name) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`,
  aws_kms_key: (name) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name.replaceAll(/[^a-z0-9]+/gi, '-')}`,
  aws_redshiftserverless_workgroup: (name) =>
    `arn:aws:redshift-serverless:${REGION}:${ACCOUNT}:workgroup/${name}`,
  aws_redshiftserverless_namespace: (name) =>
    `arn:aws:redshift-serverless:${REGION}:${ACCOUNT}:namespace/${name}`,
};

function arnOf(type: string, name: string): string {
  const [, service = 'aws', kind = 'resource'] = /^aws_([a-z0-9]+)_?(.*)$/.exec(type) ?? [];
  return arns[type]?.(name) ?? `arn:aws:${service}:${REGION}:${ACCOUNT}:${kind.replaceAll('_', '-')}/${name}`;
}

/** A value of the type: text that says where it is from, one element for each list. */
export function standIn(type: CtyType, text: string): unknown {
  if (typeof type === 'string') return scalars[type](text);
  const [kind, inner] = type;
  if (kind === 'map') return {};
  if (kind !== 'object') return [standIn(inner, text)];
  return Object.fromEntries(
    Object.entries(inner).map(([key, value]) => [key, standIn(value, `${text}.${key}`)]),
  );
}

const scalars = { string: (text: string) => text, number: () => 1, bool: () => false, dynamic: () => null };

const entriesOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

const zones = ['eu-north-1a', 'eu-north-1b', 'eu-north-1c'];

/** What AWS answers to each data source that the code may ask. */
const answers: Readonly<Record<string, Values>> = {
  aws_caller_identity: {
    account_id: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:role/plan`,
    user_id: 'AROA:plan',
  },
  aws_region: { name: REGION, region: REGION, description: 'Europe (Stockholm)' },
  aws_partition: { partition: 'aws', dns_suffix: 'amazonaws.com', reverse_dns_prefix: 'com.amazonaws' },
  aws_availability_zones: { names: zones, zone_ids: ['eun1-az1', 'eun1-az2', 'eun1-az3'] },
};

export function dataSource(config: Values, type: string, block: Block): Values {
  const answer: Values = { ...config };
  for (const [key, attribute] of Object.entries(block.attributes))
    if (answer[key] === null && attribute.computed)
      answer[key] = answers[type]?.[key] ?? standIn(attribute.type, `${type}.${key}`);
  return answer;
}
