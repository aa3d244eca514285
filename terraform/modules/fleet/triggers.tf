locals {
  schedules = merge([
    for name, function in local.functions : {
      for index, trigger in function.triggers : "${name}/${trigger.name}" => {
        function   = name
        index      = index
        name       = trigger.name
        expression = trigger.expression
      } if trigger.type == "schedule"
    }
  ]...)
  scheduled_functions = toset([for schedule in local.schedules : schedule.function])
}

resource "aws_scheduler_schedule_group" "this" {
  name = var.name_prefix
}

resource "aws_scheduler_schedule" "this" {
  for_each = local.schedules

  name                         = "${var.name_prefix}-${each.value.function}-${each.value.name}"
  group_name                   = aws_scheduler_schedule_group.this.name
  schedule_expression          = each.value.expression
  schedule_expression_timezone = "UTC"
  kms_key_arn                  = var.operations_key_arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.this[each.value.function].arn
    role_arn = aws_iam_role.schedule[each.value.function].arn
    input    = jsonencode(try(jsondecode(templatestring(local.trigger_templates[each.value.function], local.references))[each.value.index].input, {}))

    dead_letter_config {
      arn = aws_sqs_queue.dead_letter[each.value.function].arn
    }

    retry_policy {
      maximum_retry_attempts       = 3
      maximum_event_age_in_seconds = 3600
    }
  }
}

resource "aws_iam_role" "schedule" {
  for_each = local.scheduled_functions

  name                 = "${var.name_prefix}-${each.key}-schedule"
  description          = "Invokes ${each.key} on its schedule"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Scheduler"
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = var.references.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "schedule" {
  for_each = local.scheduled_functions

  name = "invoke"
  role = aws_iam_role.schedule[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Invoke"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.this[each.key].arn
      },
      {
        Sid      = "LeaveDeadLetters"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.dead_letter[each.key].arn
      },
      {
        Sid      = "ReadOwnInput"
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.operations_key_arn
      },
    ]
  })
}
