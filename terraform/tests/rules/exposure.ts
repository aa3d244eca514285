import {
  at,
  ofType,
  scalars,
  textAt,
  violation,
  type Plan,
  type PlannedResource,
  type Violation,
} from '../harness/plan.ts';

const RULE = 'not open to the public';

/** Types that open a way in or out, or make credentials that last. */
const forbiddenTypes =
  /^aws_(internet_gateway|egress_only_internet_gateway|nat_gateway|eip|s3_bucket_acl|s3_object_acl|s3_bucket_website_configuration|s3_access_point|s3_bucket_cors_configuration|iam_user|iam_access_key|iam_group|iam_policy_attachment|lambda_function_url|redshift_cluster|key_pair|instance)$/;

const openWords = /^(public-read|public-read-write|authenticated-read|PUBLIC_ONLY|NONE_AUTH)$/;

/** Nothing has a public address, an open firewall, a public ACL or a way to the internet. */
export const exposure = (plan: Plan): Violation[] => [
  ...plan.resources.flatMap((resource) => [...switches(resource), ...words(resource), ...networks(resource)]),
  ...plan.resources
    .filter(({ type }) => forbiddenTypes.test(type))
    .map(({ address, type }) => violation(RULE, address, `${type} is not used in this platform`)),
  ...openBuckets(plan),
  ...inDefaultNetwork(plan),
  ...openGroups(plan),
  ...undefendedNetworks(plan),
];

/** Switches with `public` in their name: those that block must be on, those that open must be off. */
const switches = ({ address, values }: PlannedResource): Violation[] =>
  scalars(values).flatMap(([path, value]) => {
    const name = path.split('.').at(-1) ?? '';
    if (typeof value !== 'boolean' || !/public/.test(name)) return [];
    const isBlock = /^(block|ignore|restrict)_/.test(name);
    return value === isBlock ? [] : [violation(RULE, address, `${path} is ${value}`)];
  });

const words = ({ address, values }: PlannedResource): Violation[] =>
  scalars(values)
    .filter(([, value]) => openWords.test(String(value)))
    .map(([path, value]) => violation(RULE, address, `${path} is ${value}`));

/** Any address range in a firewall rule, a route or an allow-list that is not a private one. */
const networks = ({ address, type, values }: PlannedResource): Violation[] =>
  scalars(values)
    .filter(
      ([path, value]) =>
        /cidr|(^|\.)ip_ranges?/.test(path) && typeof value === 'string' && /[.:].*\//.test(value),
    )
    .filter(([, value]) => !(isPrivate(String(value)) || type === 'aws_vpc_ipam'))
    .map(([path, value]) => violation(RULE, address, `${path} is ${value}, which is no private network`));

const isPrivate = (range: string): boolean =>
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(range) && Number(range.split('/')[1]) >= 16;

const blocks = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

function openBuckets(plan: Plan): Violation[] {
  const companion = (type: string, bucket: unknown) =>
    ofType(plan, type).find(({ values }) => values['bucket'] === bucket)?.values;
  return ofType(plan, 'aws_s3_bucket').flatMap(({ address, values }) => {
    const block = companion('aws_s3_bucket_public_access_block', values['bucket']);
    const open = blocks.filter((name) => block?.[name] !== true);
    const owner = textAt(
      companion('aws_s3_bucket_ownership_controls', values['bucket']),
      'rule.0.object_ownership',
    );
    return [
      ...open.map((name) => violation(RULE, address, `${name} is not true`)),
      ...(owner === 'BucketOwnerEnforced' ? [] : [violation(RULE, address, 'ACLs are not switched off')]),
    ];
  });
}

/** Whom a firewall rule may be for. */
const others = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'];

/** Rules by address range name their ports; only a group may let itself in on all of them. */
const openGroups = (plan: Plan): Violation[] => [
  ...ofType(plan, 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule')
    .filter(({ values }) => others.filter((name) => textAt(values, name) !== '').length !== 1)
    .map(({ address }) => violation(RULE, address, 'it does not name exactly one other side')),
  ...ofType(plan, 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule').flatMap(
    ({ address, values }) => {
      const isWhole =
        values['ip_protocol'] === '-1' || Number(values['to_port']) - Number(values['from_port']) > 100;
      const isOwnGroup = values['referenced_security_group_id'] === values['security_group_id'];
      return isWhole && !isOwnGroup ? [violation(RULE, address, 'all ports are open')] : [];
    },
  ),
  ...ofType(plan, 'aws_default_security_group')
    .filter(({ values }) =>
      [at(values, 'ingress'), at(values, 'egress')].some((rules) => Array.isArray(rules) && rules.length > 0),
    )
    .map(({ address }) => violation(RULE, address, 'the default group has rules')),
  ...ofType(plan, 'aws_security_group', 'aws_security_group_rule')
    .filter(({ type, values }) => type === 'aws_security_group_rule' || inlineRules(values))
    .map(({ address }) =>
      violation(RULE, address, 'rules are resources of their own (aws_vpc_security_group_…_rule)'),
    ),
];

const inlineRules = (values: PlannedResource['values']): boolean =>
  ['ingress', 'egress'].some((name) => scalars(values[name] ?? null).length > 0);

/** What can be in a network is in ours: without one AWS takes the account's default network, which is open. */
const inDefaultNetwork = (plan: Plan): Violation[] =>
  plan.resources.flatMap(({ address, type, values }) => {
    const places = ['vpc_id', 'subnet_id'].filter(
      (name) => name in (plan.schema.resources[type]?.attributes ?? {}),
    );
    return places.length === 0 || places.some((name) => textAt(values, name) !== '')
      ? []
      : [violation(RULE, address, `${places.join(' or ')} is not set`)];
  });

/** Each network has a closed default group and flow logs of all traffic. */
const undefendedNetworks = (plan: Plan): Violation[] =>
  ofType(plan, 'aws_vpc').flatMap(({ address, values }) => {
    const inVpc = (type: string) =>
      ofType(plan, type).filter((other) => other.values['vpc_id'] === values['id']);
    const logged = inVpc('aws_flow_log').some((log) => log.values['traffic_type'] === 'ALL');
    // S3's gateway costs nothing; any other service is reached through an interface
    const endpoints = inVpc('aws_vpc_endpoint').filter(
      (other) => !textAt(other.values, 'service_name').endsWith('.s3'),
    );
    const findsThem =
      values['enable_dns_support'] === true &&
      values['enable_dns_hostnames'] === true &&
      endpoints.every(
        (other) =>
          other.values['private_dns_enabled'] === true && other.values['vpc_endpoint_type'] === 'Interface',
      );
    return [
      ...(findsThem
        ? []
        : [violation(RULE, address, 'calls to AWS would leave by public addresses, or get lost')]),
      ...(inVpc('aws_default_security_group').length > 0
        ? []
        : [violation(RULE, address, 'the default group is open')]),
      ...(logged ? [] : [violation(RULE, address, 'no flow logs of all traffic')]),
    ];
  });
