locals {
  sources = { for name, function in local.functions : name => function.source if can(function.source.id) }

  # An hour's partition is read ten minutes after the hour, a day's two hours after midnight, that is at an age of 70
  # minutes and of 26 hours, plus the days that the source may be late. Twelve hours (two, if hourly) are for retries.
  freshness = {
    for name, source in local.sources : name => {
      id         = source.id
      period     = source.cadence == "hourly" ? 3600 : 21600
      periods    = source.cadence == "hourly" ? 3 : 4
      age_limit  = source.cadence == "hourly" ? (3 + 24 * source.lateness_days) * 3600 : (26 + 12 + 24 * source.lateness_days) * 3600
      age_phrase = source.cadence == "hourly" ? "${3 + 24 * source.lateness_days} hours" : "${38 + 24 * source.lateness_days} hours"
    }
  }
}

# Each successful run of an ingest function reports the age of the partition it read (seconds since the partition's
# date and hour began). No metric at all means that nothing succeeded: that breaches, too.
resource "aws_cloudwatch_metric_alarm" "freshness" {
  for_each = local.freshness

  alarm_name        = "${var.name_prefix}-${each.key}-freshness"
  alarm_description = "The newest partition of ${each.value.id} in the lake is older than ${each.value.age_phrase}. Impact: ${local.functions[each.key].alarm.impact} Runbook: ${var.runbook_base_url}${local.functions[each.key].alarm.runbook}"

  namespace           = "CoreTelecoms"
  metric_name         = "PartitionAge"
  dimensions          = { service = each.key }
  statistic           = "Minimum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.age_limit
  period              = each.value.period
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.periods
  treat_missing_data  = "breaching"

  alarm_actions = [aws_sns_topic.alerts.arn]
  ok_actions    = [aws_sns_topic.alerts.arn]
}
