locals {
  # What a function is. Read as plain JSON: its keys are known before anything is created, whatever it refers to.
  functions = jsondecode(file(var.functions_file)).functions

  # Environments and policies still hold ${references}; each is filled in by itself, so that a function waits for what
  # it names and for nothing else.
  environment_templates = { for name, function in local.functions : name => jsonencode(function.environment) }
  policy_templates      = { for name, function in local.functions : name => jsonencode(function.policy) }
  trigger_templates     = { for name, function in local.functions : name => jsonencode(function.triggers) }

  release = jsondecode(file(var.release_manifest))
  layers  = toset(flatten([for function in local.functions : function.layers]))

  known_triggers = ["schedule"]

  database_role_tags = {
    for name, function in local.functions :
    name => length(function.database_roles) == 0 ? {} : { RedshiftDbRoles = join(":", function.database_roles) }
  }
}

resource "aws_lambda_layer_version" "this" {
  for_each = local.layers

  layer_name               = "${var.name_prefix}-${each.key}"
  description              = "Release ${var.release}"
  s3_bucket                = var.artifact_bucket
  s3_key                   = "releases/${var.release}/${local.release.layers[each.key].file}"
  source_code_hash         = local.release.layers[each.key].sha256_base64
  compatible_runtimes      = distinct([for function in local.functions : function.runtime])
  compatible_architectures = distinct([for function in local.functions : function.architecture])
  skip_destroy             = true
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name = "${var.name_prefix}-${each.key}"
  description   = each.value.description
  role          = aws_iam_role.function[each.key].arn

  s3_bucket        = var.artifact_bucket
  s3_key           = "releases/${var.release}/${try(local.release.functions[each.key].file, "")}"
  source_code_hash = try(local.release.functions[each.key].sha256_base64, null)
  handler          = each.value.handler
  runtime          = each.value.runtime
  architectures    = [each.value.architecture]
  layers           = [for layer in each.value.layers : aws_lambda_layer_version.this[layer].arn]

  memory_size                    = each.value.memory_mb
  timeout                        = each.value.timeout_s
  reserved_concurrent_executions = each.value.reserved_concurrency
  kms_key_arn                    = var.operations_key_arn

  ephemeral_storage {
    size = each.value.ephemeral_storage_mb
  }

  environment {
    variables = jsondecode(templatestring(local.environment_templates[each.key], local.references))
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.dead_letter[each.key].arn
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function[each.key].name
  }

  lifecycle {
    precondition {
      condition     = alltrue([for trigger in each.value.triggers : contains(local.known_triggers, trigger.type)])
      error_message = "${each.key} has a trigger of a type that modules/fleet does not know. Known: ${join(", ", local.known_triggers)}. Add it to modules/fleet/triggers.tf."
    }

    precondition {
      condition     = contains(keys(local.release.functions), each.key)
      error_message = "The release ${var.release} holds no bundle of ${each.key}: build it (npm run build) and upload it before applying."
    }

    precondition {
      condition     = each.value.dead_letter
      error_message = "${each.key} declares no dead letters; an asynchronous invocation that fails would leave no trace."
    }
  }

  depends_on = [aws_iam_role_policy.declared, aws_iam_role_policy.platform]
}

resource "aws_lambda_function_event_invoke_config" "this" {
  for_each = local.functions

  function_name                = aws_lambda_function.this[each.key].function_name
  maximum_retry_attempts       = 1
  maximum_event_age_in_seconds = 3600
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.functions

  name              = "/aws/lambda/${var.name_prefix}-${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.operations_key_arn
}

# Events of asynchronous invocations that failed for good.
resource "aws_sqs_queue" "dead_letter" {
  for_each = local.functions

  name                      = "${var.name_prefix}-${each.key}-dead-letters"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "dead_letter" {
  for_each = local.functions

  queue_url = aws_sqs_queue.dead_letter[each.key].url

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyPlainHttp"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.dead_letter[each.key].arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
