locals {
  functions = jsondecode(file(var.functions_file)).functions

  # What every function is watched for. `advice` says what the alarm means, the function's own declaration whom it
  # hurts and where to look.
  function_alarms = merge([
    for name, function in local.functions : {
      "${name}/errors" = {
        function  = name
        namespace = "AWS/Lambda"
        metric    = "Errors"
        dimension = { FunctionName = "${var.name_prefix}-${name}" }
        statistic = "Sum"
        threshold = 1
        advice    = "An invocation of ${name} ended in an error."
      }
      "${name}/throttles" = {
        function  = name
        namespace = "AWS/Lambda"
        metric    = "Throttles"
        dimension = { FunctionName = "${var.name_prefix}-${name}" }
        statistic = "Sum"
        threshold = 1
        advice    = "More than ${function.reserved_concurrency} invocations of ${name} at once were refused."
      }
      "${name}/duration" = {
        function  = name
        namespace = "AWS/Lambda"
        metric    = "Duration"
        dimension = { FunctionName = "${var.name_prefix}-${name}" }
        statistic = "Maximum"
        threshold = function.timeout_s * 1000 * 0.8
        advice    = "${name} took more than 80 % of its ${function.timeout_s} seconds; soon it will be stopped before it is done."
      }
      "${name}/dead-letters" = {
        function  = name
        namespace = "AWS/SQS"
        metric    = "ApproximateNumberOfMessagesVisible"
        dimension = { QueueName = "${var.name_prefix}-${name}-dead-letters" }
        statistic = "Maximum"
        threshold = 1
        advice    = "An asynchronous invocation of ${name} failed for good; its event lies in the queue of dead letters for 14 days."
      }
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "function" {
  for_each = local.function_alarms

  alarm_name        = "${var.name_prefix}-${replace(each.key, "/", "-")}"
  alarm_description = "${each.value.advice} Impact: ${local.functions[each.value.function].alarm.impact} Runbook: ${var.runbook_base_url}${local.functions[each.value.function].alarm.runbook}"

  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimension
  statistic           = each.value.statistic
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"

  alarm_actions = [aws_sns_topic.alerts.arn]
  ok_actions    = [aws_sns_topic.alerts.arn]
}
