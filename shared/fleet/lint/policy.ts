import { isRecord, listOf } from './json.ts';

/** Actions that know no resource and may name `*`, each with the condition that keeps it to what is the function's. */
const allowedEverywhere: Readonly<Record<string, Condition>> = Object.fromEntries(
  ['DescribeStatement', 'GetStatementResult', 'CancelStatement'].map((action) => [
    `redshift-data:${action}`,
    {
      operator: 'StringEquals',
      key: 'redshift-data:statement-owner-iam-userid',
      value: '$${aws:userid}',
    },
  ]),
);

/** Actions that need a condition with this key even on a named resource, since the resource alone is too wide. */
const neededKeys: Readonly<Record<string, string>> = {
  's3:ListBucket': 's3:prefix',
  's3:ListBucketVersions': 's3:prefix',
  'kms:Decrypt': 'kms:ViaService',
  'kms:GenerateDataKey': 'kms:ViaService',
};

/** Services through which a role could give itself more. */
const forbiddenServices: ReadonlySet<string> = new Set(['iam', 'sts', 'organizations', 'lambda']);

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly value: string;
}

const knownFields: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

/** What is wrong with an identity policy, in sentences; empty when nothing is. */
export function policyProblems(policy: unknown): string[] {
  const statements = isRecord(policy) ? listOf(policy['Statement']) : [];
  if (statements.length === 0) return ['the policy has no statement'];
  const sids = statements.map((statement) => (isRecord(statement) ? statement['Sid'] : undefined));
  const repeated = sids.filter((sid, index) => sid !== undefined && sids.indexOf(sid) !== index);
  return [
    ...repeated.map((sid) => `two statements are called ${String(sid)}`),
    ...statements.flatMap((statement) => statementProblems(isRecord(statement) ? statement : {})),
  ];
}

function statementProblems(statement: Readonly<Record<string, unknown>>): string[] {
  const sid = statement['Sid'];
  const name = typeof sid === 'string' ? sid : 'a statement';
  const actions = listOf(statement['Action']).map(String);
  const resources = listOf(statement['Resource']).map(String);
  const problems = [
    ...Object.keys(statement)
      .filter((field) => !knownFields.has(field))
      .map((field) => `may not use ${field}`),
    ...(typeof sid === 'string' && /^[A-Z][A-Za-z0-9]+$/.test(sid) ? [] : ['has no name (Sid) of letters']),
    ...(statement['Effect'] === 'Allow' ? [] : ['must have the effect Allow']),
    ...(actions.length === 0 ? ['has no action'] : actions.flatMap(actionProblems)),
    ...(resources.length === 0 ? ['has no resource'] : resources.flatMap(resourceProblems)),
    ...conditionProblems(actions, resources, statement['Condition']),
  ];
  return problems.map((problem) => `${name} ${problem}`);
}

function actionProblems(action: string): string[] {
  if (!/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/.test(action)) return [`must name one action instead of ${action}`];
  const [service = ''] = action.split(':', 1);
  return forbiddenServices.has(service)
    ? [`may not allow ${action}: nothing of ${service} is a function's`]
    : [];
}

/** A resource is a reference to an ARN, or an ARN whose only wildcard ends a named path. `*` is looked at apart. */
function resourceProblems(resource: string): string[] {
  if (resource === '*' || /^\$\{\w+_arn\}$/.test(resource)) return [];
  if (!resource.startsWith('arn:aws:')) return [`must name an ARN instead of ${resource}`];
  const wide = /[*?]/.test(resource.slice(0, -1)) || resource.endsWith('?');
  const wholeBucket = /^arn:aws:s3:::[^/]*(\*|\/\*)$/.test(resource);
  const wholeKind = /:[a-z-]*[:/]?\*$/.test(resource);
  return wide || wholeBucket || wholeKind ? [`must not reach as far as ${resource}`] : [];
}

function conditionProblems(
  actions: readonly string[],
  resources: readonly string[],
  condition: unknown,
): string[] {
  const everywhere = resources.includes('*')
    ? actions.flatMap((action) => anywhereProblems(action, condition))
    : [];
  const needed = actions.flatMap((action) => {
    const key = neededKeys[action];
    if (key === undefined) return [];
    const values = valuesOf(condition, /^String(Equals|Like)$/, key);
    const isNarrow = values.length > 0 && values.every((value) => !/^[*?]*$/.test(value));
    return isNarrow ? [] : [`needs a condition on ${key} for ${action}`];
  });
  return [...everywhere, ...needed];
}

function anywhereProblems(action: string, condition: unknown): string[] {
  const needed = allowedEverywhere[action];
  if (needed === undefined) return [`may not allow ${action} on every resource (*)`];
  const values = valuesOf(condition, new RegExp(`^${needed.operator}$`), needed.key);
  return values.length === 1 && values[0] === needed.value
    ? []
    : [`needs the condition ${needed.operator} ${needed.key} = ${needed.value} for ${action}`];
}

/** The values that a key is compared with, by the operators that match. */
function valuesOf(condition: unknown, operator: RegExp, key: string): string[] {
  if (!isRecord(condition)) return [];
  return Object.entries(condition)
    .filter(([name]) => operator.test(name))
    .flatMap(([, keys]) => (isRecord(keys) ? listOf(keys[key]).map(String) : []));
}
