import {
  at,
  ofType,
  textAt,
  violation,
  type Json,
  type Plan,
  type PlannedResource,
  type Violation,
} from '../harness/plan.ts';
import type { Declarations } from './fleet.ts';

const RULE = 'somebody hears of it';

interface Wanted {
  readonly what: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  /** Highest threshold that still is a warning in time. */
  readonly atMost: number;
}

/** Every function, source and part of the platform that can fail has an alarm that reaches people and says what to do. */
export function alarms(plan: Plan, { functions }: Declarations): Violation[] {
  const all = ofType(plan, 'aws_cloudwatch_metric_alarm');
  const prefix = `coretelecoms-${plan.folder.replace('environments/', '')}`;
  const perFunction = Object.entries(functions).flatMap(([name, declared]) => {
    const wanted = [
      ...functionAlarms(prefix, name, declared.timeout_s),
      ...(declared.source === undefined ? [] : [freshness(name)]),
    ];
    return wanted.flatMap((alarm) => missing(all, alarm, declared.alarm.impact, declared.alarm.runbook));
  });
  return [
    ...perFunction,
    ...platformAlarms(prefix).flatMap((alarm) => missing(all, alarm, 'Impact: ', 'docs/runbooks/')),
    ...all.flatMap((alarm) => unheard(plan, alarm)),
    ...topicsWithoutReaders(plan),
    ...budgets(plan),
  ];
}

const functionAlarms = (prefix: string, name: string, timeout: number): Wanted[] => [
  ...['Errors', 'Throttles'].map((metric) => ({
    what: `${name}: ${metric.toLowerCase()}`,
    metric,
    dimension: 'FunctionName',
    value: `${prefix}-${name}`,
    atMost: 1,
  })),
  {
    what: `${name}: duration near its time-out`,
    metric: 'Duration',
    dimension: 'FunctionName',
    value: `${prefix}-${name}`,
    atMost: timeout * 900,
  },
  {
    what: `${name}: dead letters`,
    metric: 'ApproximateNumberOfMessagesVisible',
    dimension: 'QueueName',
    value: `${prefix}-${name}-dead-letters`,
    atMost: 1,
  },
];

const freshness = (name: string): Wanted => ({
  what: `${name}: age of the newest commit`,
  metric: 'PartitionAge',
  dimension: 'service',
  value: name,
  atMost: 10 * 86_400,
});

const platformAlarms = (prefix: string): Wanted[] => [
  {
    what: 'RPU hours of the warehouse',
    metric: 'ComputeSeconds',
    dimension: 'Workgroup',
    value: prefix,
    atMost: 24 * 3600,
  },
  {
    what: "Airflow's heartbeat",
    metric: 'SchedulerHeartbeat',
    dimension: 'Environment',
    value: prefix,
    atMost: 1,
  },
  { what: "Airflow's queue", metric: 'QueuedTasks', dimension: 'Environment', value: prefix, atMost: 20 },
];

function missing(
  all: readonly PlannedResource[],
  wanted: Wanted,
  impact: string,
  runbook: string,
): Violation[] {
  const found = all.find(
    ({ values }) =>
      values['metric_name'] === wanted.metric &&
      at(values, `dimensions.${wanted.dimension}`) === wanted.value,
  );
  if (found === undefined) return [violation(RULE, wanted.what, 'there is no alarm')];
  const { address, values } = found;
  const description = textAt(values, 'alarm_description');
  const threshold = Number(values['threshold']);
  return [
    ...(threshold > 0 && threshold <= wanted.atMost
      ? []
      : [violation(RULE, address, `the threshold is ${threshold}, more than ${wanted.atMost}`)]),
    ...(description.includes(impact) && description.includes(runbook)
      ? []
      : [violation(RULE, address, 'it does not say whom it hurts and where to look')]),
  ];
}

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Whether anybody would notice the alarm: it is on, looks often enough, and tells the topic when it starts and ends. */
function unheard(plan: Plan, { address, values }: PlannedResource): Violation[] {
  const topics = ofType(plan, 'aws_sns_topic').map((topic) => topic.values['arn'] ?? null);
  const tells = (attribute: string) => list(values[attribute]).some((action) => topics.includes(action));
  const seconds = Number(values['period']) * Number(values['evaluation_periods']);
  return [
    ...(values['actions_enabled'] === false
      ? [violation(RULE, address, 'its actions are switched off')]
      : []),
    ...(tells('alarm_actions') ? [] : [violation(RULE, address, 'it tells no topic')]),
    ...(seconds > 0 && seconds <= 86_400
      ? []
      : [violation(RULE, address, `it looks at ${seconds} seconds, more than a day`)]),
    ...(/Heartbeat|PartitionAge/.test(textAt(values, 'metric_name')) &&
    values['treat_missing_data'] !== 'breaching'
      ? [violation(RULE, address, 'silence would count as health')]
      : []),
  ];
}

const topicsWithoutReaders = (plan: Plan): Violation[] =>
  ofType(plan, 'aws_sns_topic')
    .filter(
      ({ values }) =>
        !ofType(plan, 'aws_sns_topic_subscription').some(
          (subscription) => subscription.values['topic_arn'] === values['arn'],
        ),
    )
    .map(({ address }) => violation(RULE, address, 'nobody is subscribed'));

function budgets(plan: Plan): Violation[] {
  const all = ofType(plan, 'aws_budgets_budget');
  const silent = all.filter(
    ({ values }) =>
      !list(values['notification']).some(
        (notification) => list(at(notification, 'subscriber_sns_topic_arns')).length > 0,
      ),
  );
  return [
    ...(all.length > 0 ? [] : [violation(RULE, plan.folder, 'there is no budget')]),
    ...silent.map(({ address }) => violation(RULE, address, 'nobody is told when the budget is spent')),
  ];
}
