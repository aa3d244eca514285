import { at, ofType, textAt, violation, type Json, type Plan, type Violation } from '../harness/plan.ts';
import { policyDocuments } from './policy-documents.ts';

const WAREHOUSE = 'the warehouse is private, audited and bounded';
const AIRFLOW = 'Airflow is private and logged';

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const check = (rule: string, where: string, checks: readonly (readonly [boolean, string])[]): Violation[] =>
  checks.flatMap(([isGood, what]) => (isGood ? [] : [violation(rule, where, what)]));

/** What an environment's warehouse and scheduler must have beyond the rules for everything. */
export const warehouseAndAirflow = (plan: Plan): Violation[] => [
  ...(ofType(plan, 'aws_redshiftserverless_workgroup').length === 1
    ? []
    : [violation(WAREHOUSE, plan.folder, 'there is not exactly one workgroup')]),
  ...(ofType(plan, 'aws_mwaa_environment').length === 1
    ? []
    : [violation(AIRFLOW, plan.folder, 'there is not exactly one environment')]),
  ...namespaces(plan),
  ...workgroups(plan),
  ...readers(plan),
  ...airflow(plan),
];

const namespaces = (plan: Plan): Violation[] =>
  ofType(plan, 'aws_redshiftserverless_namespace').flatMap(({ address, values }) =>
    check(WAREHOUSE, address, [
      [
        ['userlog', 'connectionlog', 'useractivitylog'].every((log) =>
          list(values['log_exports']).includes(log),
        ),
        'not all audit logs are exported',
      ],
      [values['manage_admin_password'] === true, "the admin's password is not kept by Secrets Manager"],
      [list(values['iam_roles']).length === 1, 'it has other roles than the one for COPY'],
    ]),
  );

function workgroups(plan: Plan): Violation[] {
  return ofType(plan, 'aws_redshiftserverless_workgroup').flatMap(({ address, values }) => {
    const limits = ofType(plan, 'aws_redshiftserverless_usage_limit').filter(
      (limit) => limit.values['resource_arn'] === values['arn'],
    );
    const parameter = (key: string) =>
      list(values['config_parameter']).find((entry) => at(entry, 'parameter_key') === key);
    return check(WAREHOUSE, address, [
      [values['publicly_accessible'] === false, 'it is not said to be private'],
      [values['enhanced_vpc_routing'] === true, 'COPY does not go through the VPC'],
      [textAt(parameter('require_ssl'), 'parameter_value') === 'true', 'connections without TLS are let in'],
      [
        textAt(parameter('enable_user_activity_logging'), 'parameter_value') === 'true',
        'statements are not logged',
      ],
      [
        Number(textAt(parameter('max_query_execution_time'), 'parameter_value')) > 0,
        'a query may run for ever',
      ],
      [Number(values['base_capacity']) <= 8, 'it starts with more than 8 RPU'],
      [Number(values['max_capacity']) <= 64, 'it may grow beyond 64 RPU'],
      [
        list(values['subnet_ids']).length >= 3 && list(values['security_group_ids']).length > 0,
        'it is not in three of our subnets',
      ],
      [
        limits.some((limit) => limit.values['breach_action'] === 'deactivate'),
        'no limit stops a runaway bill',
      ],
      [limits.some((limit) => limit.values['breach_action'] === 'emit-metric'), 'no limit warns of one'],
    ]);
  });
}

const readerRoles = ['analyst', 'operations', 'leadership', 'pii_reader', 'ml'];

/** Each kind of reader has a role with its own database role, and may do nothing but sign in and read. */
const readers = (plan: Plan): Violation[] =>
  readerRoles.flatMap((reader) => {
    const role = ofType(plan, 'aws_iam_role').find(
      ({ values }) => textAt(values, 'tags.RedshiftDbRoles') === reader,
    );
    if (role === undefined) return [violation(WAREHOUSE, reader, 'no IAM role signs in as this reader')];
    const actions = policyDocuments(plan)
      .filter(
        ({ resource }) =>
          resource.type === 'aws_iam_role_policy' && resource.values['role'] === role.values['name'],
      )
      .flatMap(({ statements }) => statements.flatMap((statement) => statement.actions));
    return actions.every((action) => /^redshift-(data|serverless):/.test(action)) &&
      actions.includes('redshift-serverless:GetCredentials')
      ? []
      : [violation(WAREHOUSE, role.address, 'a reader may do more, or less, than sign in and query')];
  });

const airflowLogs = ['dag_processing_logs', 'scheduler_logs', 'task_logs', 'webserver_logs', 'worker_logs'];

const airflow = (plan: Plan): Violation[] =>
  ofType(plan, 'aws_mwaa_environment').flatMap(({ address, values }) => [
    ...check(AIRFLOW, address, [
      [values['webserver_access_mode'] === 'PRIVATE_ONLY', 'its pages can be reached from the internet'],
      [values['airflow_version'] === '3.3.1', 'it is of another version than the DAGs are tested with'],
      [Number(values['max_workers']) <= 5, 'it may have more than five workers'],
      [
        list(at(values, 'network_configuration.0.subnet_ids')).length === 2,
        'it is not in two of our subnets',
      ],
      [
        textAt(values, 'requirements_s3_object_version') !== '' &&
          textAt(values, 'startup_script_s3_object_version') !== '',
        'new requirements or a new start-up script would not be noticed',
      ],
    ]),
    ...airflowLogs
      .filter(
        (log) =>
          at(values, `logging_configuration.0.${log}.0.enabled`) !== true ||
          !/^(INFO|WARNING)$/.test(textAt(values, `logging_configuration.0.${log}.0.log_level`)),
      )
      .map((log) => violation(AIRFLOW, address, `${log} are not kept at INFO or WARNING`)),
  ]);
