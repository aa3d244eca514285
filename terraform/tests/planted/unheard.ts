import { block, mistake, type Mistake } from './mistake.ts';

const BUCKET = 'modules/bucket/main.tf';
const WAREHOUSE = 'modules/warehouse/main.tf';
const FLEET = 'modules/fleet/main.tf';
const ALARMS = 'modules/observability/function-alarms.tf';
const PLATFORM_ALARMS = 'modules/observability/platform-alarms.tf';
const TOPIC = 'modules/observability/topic.tf';
const AIRFLOW = 'modules/orchestration/main.tf';

/** What fails, and nobody hears of it. */
export const unheard: readonly Mistake[] = [
  mistake(
    'no alarm for throttled invocations',
    ALARMS,
    block('"${name}/throttles" =', 6),
    '',
    /there is no alarm/,
  ),
  mistake(
    'no alarm for dead letters of one function',
    ALARMS,
    'for_each = local.function_alarms',
    'for_each = { for key, alarm in local.function_alarms : key => alarm if key != "sms/dead-letters" }',
    /sms: dead letters/,
  ),
  mistake('an alarm that tells nobody', ALARMS, /^ {2}alarm_actions = .*\n/m, '', /tells no topic/),
  mistake(
    'alarms that are switched off',
    ALARMS,
    '  alarm_actions',
    '  actions_enabled = false\n  alarm_actions',
    /switched off/,
  ),
  mistake('an alarm after the time-out', ALARMS, 'timeout_s * 1000 * 0.8', 'timeout_s * 1000', /threshold/),
  mistake('an alarm without a runbook', ALARMS, /Runbook: [^"]*"/, '"', /where to look/),
  mistake(
    'silence that counts as health',
    'modules/observability/freshness-alarms.tf',
    '"breaching"',
    '"notBreaching"',
    /silence/,
  ),
  mistake(
    'a topic without readers',
    TOPIC,
    block('resource "aws_sns_topic_subscription" "email"'),
    '',
    /nobody is subscribed/,
  ),
  mistake(
    'a budget that tells nobody',
    PLATFORM_ALARMS,
    /^ {6}subscriber_sns_topic_arns .*\n/m,
    '',
    /budget is spent/,
  ),
  mistake(
    'no limit for the bill of the warehouse',
    WAREHOUSE,
    block('resource "aws_redshiftserverless_usage_limit" "stop"'),
    '',
    /runaway bill/,
  ),
  mistake('no heartbeat of Airflow', PLATFORM_ALARMS, block('airflow-heartbeat =', 4), '', /heartbeat/),
  mistake(
    'no audit of the warehouse',
    WAREHOUSE,
    '"userlog", "connectionlog", "useractivitylog"',
    '"userlog"',
    /audit logs/,
  ),
  mistake(
    'no logs of the network',
    'modules/network/flow-logs.tf',
    block('resource "aws_flow_log" "this"'),
    '',
    /flow logs/,
  ),
  mistake('no access logs', BUCKET, block('resource "aws_s3_bucket_logging" "this"'), '', /who read it/),
  mistake(
    'failed events that are lost',
    FLEET,
    block('dead_letter_config', 2),
    '',
    /dead letters of its own/,
  ),
  mistake(
    'a function that is not deployed',
    FLEET,
    'jsondecode(file(var.functions_file)).functions\n',
    '{ for name, function in jsondecode(file(var.functions_file)).functions : name => function if name != "sms" }\n',
    /sms/,
  ),
  mistake('less memory than declared', FLEET, 'each.value.memory_mb', '128', /memory_size/),
  mistake(
    'tasks of Airflow without logs',
    AIRFLOW,
    /task_logs \{\n {6}enabled {3}= true/,
    'task_logs {\n      enabled   = false',
    /task_logs/,
  ),
];
