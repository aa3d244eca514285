import { readFileSync } from 'node:fs';
import {
  at,
  isObject,
  ofType,
  textAt,
  violation,
  type JsonObject,
  type Plan,
  type PlannedResource,
  type Violation,
} from '../harness/plan.ts';

const RULE = 'the fleet is deployed as declared';

interface DeclaredFunction {
  readonly kind: string;
  readonly handler: string;
  readonly runtime: string;
  readonly architecture: string;
  readonly memory_mb: number;
  readonly timeout_s: number;
  readonly ephemeral_storage_mb: number;
  readonly reserved_concurrency: number;
  readonly layers: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly policy: { readonly Statement: readonly { readonly Sid: string }[] };
  readonly database_roles: readonly string[];
  readonly triggers: readonly { readonly type: string; readonly name: string; readonly expression: string }[];
  readonly alarm: { readonly impact: string; readonly runbook: string };
  readonly source?: { readonly id: string };
}

export interface Declarations {
  readonly references: readonly string[];
  readonly functions: Readonly<Record<string, DeclaredFunction>>;
}

/** @param file `terraform/generated/functions.json` */
export const readDeclarations = (file: string): Declarations => JSON.parse(readFileSync(file, 'utf8'));

/** Each function of functions.json is there, as it is declared, and no other is. */
export function fleet(plan: Plan, { functions }: Declarations): Violation[] {
  const planned = ofType(plan, 'aws_lambda_function');
  const known = new Set(Object.keys(functions));
  return [
    ...ofType(plan, 'aws_lambda_layer_version')
      .filter(({ values }) => values['skip_destroy'] !== true)
      .map(({ address }) =>
        violation(RULE, address, 'a rollback would miss the layer of the release before'),
      ),
    ...Object.entries(functions).flatMap(([name, declared]) => {
      const found = planned.find(({ values }) => textAt(values, 'function_name').endsWith(`-${name}`));
      return found === undefined
        ? [violation(RULE, name, 'the function is not deployed')]
        : differences(plan, name, declared, found);
    }),
    ...planned
      .filter(({ address }) => !known.has(/\["(.+)"\]$/.exec(address)?.[1] ?? ''))
      .map(({ address }) => violation(RULE, address, 'a function that functions.json does not declare')),
  ];
}

/** What an attribute of a deployed function has to be, by its path. */
const settings = (declared: DeclaredFunction): Readonly<Record<string, string | number>> => ({
  handler: declared.handler,
  runtime: declared.runtime,
  'architectures.0': declared.architecture,
  memory_size: declared.memory_mb,
  timeout: declared.timeout_s,
  'ephemeral_storage.0.size': declared.ephemeral_storage_mb,
  reserved_concurrent_executions: declared.reserved_concurrency,
});

function differences(
  plan: Plan,
  name: string,
  declared: DeclaredFunction,
  { address, values }: PlannedResource,
): Violation[] {
  const report = (what: string): Violation => violation(RULE, address, what);
  const environment = at(values, 'environment.0.variables');
  const variables: JsonObject = isObject(environment) ? environment : {};
  const role = ofType(plan, 'aws_iam_role').find((other) => other.values['arn'] === values['role']);
  const policies = ofType(plan, 'aws_iam_role_policy').filter(
    (policy) => policy.values['role'] === role?.values['name'],
  );
  const queue = ofType(plan, 'aws_sqs_queue').find(
    (other) => other.values['arn'] === textAt(values, 'dead_letter_config.0.target_arn'),
  );
  const log = ofType(plan, 'aws_cloudwatch_log_group').find(
    (group) => group.values['name'] === `/aws/lambda/${textAt(values, 'function_name')}`,
  );
  const schedules = ofType(plan, 'aws_scheduler_schedule').filter(
    (schedule) => textAt(schedule.values, 'target.0.arn') === values['arn'],
  );
  const texts = [
    ...Object.values(variables).map(String),
    ...policies.map((policy) => textAt(policy.values, 'policy')),
  ];
  const retries = ofType(plan, 'aws_lambda_function_event_invoke_config').find(
    (config) => config.values['function_name'] === values['function_name'],
  )?.values['maximum_retry_attempts'];
  const layers = Array.isArray(values['layers']) ? values['layers'].length : 0;
  return [
    ...Object.entries(settings(declared)).flatMap(([path, wanted]) =>
      at(values, path) === wanted
        ? []
        : [report(`${path} is ${JSON.stringify(at(values, path))}, declared ${wanted}`)],
    ),
    ...(Object.keys(variables).toSorted().join() === Object.keys(declared.environment).toSorted().join()
      ? []
      : [report('its environment has other variables than declared')]),
    ...declared.policy.Statement.filter(
      ({ Sid }) => !policies.some((policy) => textAt(policy.values, 'policy').includes(`"Sid":"${Sid}"`)),
    ).map(({ Sid }) => report(`its role lacks the statement ${Sid}`)),
    ...(role === undefined || sharesRole(plan, values) ? [report('it has no role of its own')] : []),
    ...(queue === undefined || !textAt(queue.values, 'name').includes(name)
      ? [report('it has no queue of dead letters of its own')]
      : []),
    ...(Number(at(queue?.values, 'message_retention_seconds')) >= 4 * 86_400
      ? []
      : [report('dead letters are kept for less than four days')]),
    ...(log === undefined ? [report('it has no log group')] : []),
    ...(retries === 1 ? [] : [report('it is not said how often an asynchronous invocation is tried again')]),
    ...(layers === declared.layers.length
      ? []
      : [report(`it has ${layers} layers, declared ${declared.layers.length}`)]),
    ...(textAt(values, 's3_key').endsWith(`/functions/${name}.zip`)
      ? []
      : [report('its bundle is another function’s')]),
    ...(textAt(values, 'source_code_hash') === ''
      ? [report('a new bundle would not be noticed: no source_code_hash')]
      : []),
    ...(declared.kind === 'ingest' && Array.isArray(values['vpc_config']) && values['vpc_config'].length > 0
      ? [report('an ingest function is outside the VPC')]
      : []),
    ...texts
      .filter((text) => /\$\{(?!aws:)/.test(text))
      .map(() => report('a reference in its environment or policy was not filled in')),
    ...(textAt(role?.values, 'tags.RedshiftDbRoles') === declared.database_roles.join(':')
      ? []
      : [report('its role has other database roles than declared')]),
    ...declared.triggers
      .filter(
        ({ expression }) =>
          !schedules.some((schedule) => schedule.values['schedule_expression'] === expression),
      )
      .map((trigger) => report(`its schedule ${trigger.name} is missing`)),
    ...schedules
      .filter((schedule) => textAt(schedule.values, 'target.0.dead_letter_config.0.arn') === '')
      .map(() => report('an invocation that its schedule cannot make is lost')),
  ];
}

const sharesRole = (plan: Plan, values: JsonObject): boolean =>
  ofType(plan, 'aws_lambda_function').filter((other) => other.values['role'] === values['role']).length > 1;
