locals {
  platform_alarms = {
    warehouse-compute = {
      namespace  = "AWS/Redshift-Serverless"
      metric     = "ComputeSeconds"
      dimensions = { Workgroup = var.workgroup }
      statistic  = "Sum"
      comparison = "GreaterThanOrEqualToThreshold"
      threshold  = var.daily_rpu_hours * 3600
      period     = 86400
      periods    = 1
      missing    = "notBreaching"
      advice     = "The warehouse used ${var.daily_rpu_hours} RPU hours or more in a day."
      impact     = "Cost: at the monthly limit the warehouse refuses every query."
      runbook    = "docs/runbooks/cost-runs-away.md"
    }
    airflow-heartbeat = {
      namespace  = "AmazonMWAA"
      metric     = "SchedulerHeartbeat"
      dimensions = { Function = "Scheduler", Environment = var.airflow_environment }
      statistic  = "Sum"
      comparison = "LessThanThreshold"
      threshold  = 1
      period     = 300
      periods    = 3
      missing    = "breaching"
      advice     = "Airflow's scheduler has not been heard of for 15 minutes."
      impact     = "No partition is read, loaded or modelled; what is there stays correct but ages."
      runbook    = "docs/runbooks/airflow-stands-still.md"
    }
    airflow-queue = {
      namespace  = "AmazonMWAA"
      metric     = "QueuedTasks"
      dimensions = { Function = "Executor", Environment = var.airflow_environment }
      statistic  = "Minimum"
      comparison = "GreaterThanOrEqualToThreshold"
      threshold  = 5
      period     = 300
      periods    = 6
      missing    = "notBreaching"
      advice     = "Five or more tasks have been waiting for a worker for half an hour."
      impact     = "Runs are late: dashboards show yesterday's state for longer than usual."
      runbook    = "docs/runbooks/airflow-stands-still.md"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "platform" {
  for_each = local.platform_alarms

  alarm_name        = "${var.name_prefix}-${each.key}"
  alarm_description = "${each.value.advice} Impact: ${each.value.impact} Runbook: ${var.runbook_base_url}${each.value.runbook}"

  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = each.value.period
  evaluation_periods  = each.value.periods
  treat_missing_data  = each.value.missing

  alarm_actions = [aws_sns_topic.alerts.arn]
  ok_actions    = [aws_sns_topic.alerts.arn]
}

resource "aws_budgets_budget" "monthly" {
  name         = "${var.name_prefix}-monthly"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:Environment$%s", var.environment)]
  }

  dynamic "notification" {
    for_each = { FORECASTED = 100, ACTUAL = 80 }

    content {
      notification_type         = notification.key
      comparison_operator       = "GREATER_THAN"
      threshold                 = notification.value
      threshold_type            = "PERCENTAGE"
      subscriber_sns_topic_arns = [aws_sns_topic.alerts.arn]
    }
  }
}
