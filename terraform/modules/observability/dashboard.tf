locals {
  function_names = sort(keys(local.functions))

  function_widgets = [for index, metric in [
    { title = "Errors", name = "Errors", stat = "Sum" },
    { title = "Throttled", name = "Throttles", stat = "Sum" },
    { title = "Longest run (ms)", name = "Duration", stat = "Maximum" },
    ] : {
    type   = "metric"
    x      = index * 8
    y      = 0
    width  = 8
    height = 6
    properties = {
      title   = "Functions: ${metric.title}"
      region  = var.region
      period  = 300
      stat    = metric.stat
      metrics = [for name in local.function_names : ["AWS/Lambda", metric.name, "FunctionName", "${var.name_prefix}-${name}", { label = name }]]
    }
  }]

  lake_widgets = [for index, metric in [
    { title = "Rows loaded", name = "RowsLoaded", stat = "Sum" },
    { title = "Rows in quarantine", name = "RowsQuarantined", stat = "Sum" },
    { title = "Age of the partition read (s)", name = "PartitionAge", stat = "Minimum" },
    ] : {
    type   = "metric"
    x      = index * 8
    y      = 6
    width  = 8
    height = 6
    properties = {
      title   = "Lake: ${metric.title}"
      region  = var.region
      period  = 3600
      stat    = metric.stat
      metrics = [for name in sort(keys(local.sources)) : ["CoreTelecoms", metric.name, "service", name, { label = name }]]
    }
  }]

  other_widgets = [
    {
      type   = "metric"
      x      = 0
      y      = 12
      width  = 8
      height = 6
      properties = {
        title   = "Dead letters"
        region  = var.region
        period  = 300
        stat    = "Maximum"
        metrics = [for name in local.function_names : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "${var.name_prefix}-${name}-dead-letters", { label = name }]]
      }
    },
    {
      type   = "metric"
      x      = 8
      y      = 12
      width  = 8
      height = 6
      properties = {
        title   = "Warehouse: RPU seconds"
        region  = var.region
        period  = 3600
        stat    = "Sum"
        metrics = [["AWS/Redshift-Serverless", "ComputeSeconds", "Workgroup", var.workgroup]]
      }
    },
    {
      type   = "metric"
      x      = 16
      y      = 12
      width  = 8
      height = 6
      properties = {
        title  = "Airflow"
        region = var.region
        period = 300
        metrics = [
          ["AmazonMWAA", "SchedulerHeartbeat", "Function", "Scheduler", "Environment", var.airflow_environment, { stat = "Sum" }],
          ["AmazonMWAA", "QueuedTasks", "Function", "Executor", "Environment", var.airflow_environment, { stat = "Maximum" }],
        ]
      }
    },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name_prefix
  dashboard_body = jsonencode({ widgets = concat(local.function_widgets, local.lake_widgets, local.other_widgets) })
}
