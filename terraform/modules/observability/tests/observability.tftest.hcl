mock_provider "aws" {
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-north-1:111111111111:alerts" }
  }

  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-north-1:111111111111:key/operations" }
  }
}

variables {
  name_prefix         = "coretelecoms-test"
  environment         = "test"
  account_id          = "111111111111"
  region              = "eu-north-1"
  functions_file      = "./tests/fixtures/functions.json"
  runbook_base_url    = "https://example.com/"
  alert_emails        = ["somebody@example.com"]
  workgroup           = "coretelecoms-test"
  daily_rpu_hours     = 16
  airflow_environment = "coretelecoms-test"
  monthly_budget_usd  = 900
}

run "every_function_is_watched" {
  assert {
    condition = alltrue([
      for pair in setproduct(["sms", "call-logs", "load-warehouse"], ["errors", "throttles", "duration", "dead-letters"]) :
      contains(keys(aws_cloudwatch_metric_alarm.function), "${pair[0]}/${pair[1]}")
    ])
    error_message = "A function has no alarm for something."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.function["sms/duration"].threshold == 240 * 1000 * 0.8
    error_message = "The alarm comes when the function is stopped already."
  }

  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.function :
      strcontains(alarm.alarm_description, "Impact: ") && strcontains(alarm.alarm_description, "Runbook: https://example.com/docs/runbooks/")
    ])
    error_message = "An alarm does not say whom it hurts and where to look."
  }

  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.function), values(aws_cloudwatch_metric_alarm.freshness), values(aws_cloudwatch_metric_alarm.platform)) :
      contains(alarm.alarm_actions, "arn:aws:sns:eu-north-1:111111111111:alerts")
    ])
    error_message = "An alarm tells nobody."
  }
}

run "silence_of_a_source_is_noticed" {
  assert {
    condition     = keys(aws_cloudwatch_metric_alarm.freshness) == ["call-logs", "sms"] && alltrue([for alarm in aws_cloudwatch_metric_alarm.freshness : alarm.treat_missing_data == "breaching"])
    error_message = "A source may be silent."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.freshness["sms"].threshold == 3 * 3600 && aws_cloudwatch_metric_alarm.freshness["call-logs"].threshold == (26 + 12 + 24) * 3600
    error_message = "The age that is too old does not follow from cadence and lateness."
  }
}

run "alerts_are_encrypted_and_read" {
  assert {
    condition     = aws_sns_topic.alerts.kms_master_key_id == "arn:aws:kms:eu-north-1:111111111111:key/operations"
    error_message = "Alerts are in clear."
  }

  assert {
    condition     = [for subscription in aws_sns_topic_subscription.email : subscription.endpoint] == ["somebody@example.com"]
    error_message = "Nobody reads the alerts."
  }
}

run "the_budget_counts_this_environment" {
  assert {
    condition     = one(aws_budgets_budget.monthly.cost_filter).values == tolist(["user:Environment$test"])
    error_message = "The budget counts something else."
  }
}

run "alarms_without_readers_are_refused" {
  command = plan

  variables {
    alert_emails = []
  }

  expect_failures = [var.alert_emails]
}
