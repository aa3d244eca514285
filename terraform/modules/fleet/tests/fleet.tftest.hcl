mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-north-1:111111111111:key/parameters" }
  }
}

variables {
  name_prefix              = "coretelecoms-test"
  functions_file           = "./tests/fixtures/functions.json"
  release_manifest         = "./tests/fixtures/release.json"
  artifact_bucket          = "artifacts"
  release                  = "0123456789abcdef0123456789abcdef01234567"
  operations_key_arn       = "arn:aws:kms:eu-north-1:111111111111:key/operations"
  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/boundary"

  references = {
    account_id                 = "111111111111"
    copy_role_arn              = "arn:aws:iam::111111111111:role/copy"
    database_parameter_path    = "/coretelecomms/database"
    database_ssl_mode          = "require"
    google_parameter_path      = "/coretelecomms/google"
    key_material_parameter     = "/coretelecomms/test/key_material"
    lake_bucket                = "the-lake"
    lake_key_arn               = "arn:aws:kms:eu-north-1:111111111111:key/lake"
    region                     = "eu-north-1"
    source_bucket              = "source"
    source_region              = "eu-north-1"
    suppression_key_parameter  = "/coretelecomms/test/suppression_key"
    warehouse_admin_secret_arn = "arn:aws:secretsmanager:eu-north-1:111111111111:secret:admin"
    warehouse_database         = "coretelecoms"
    warehouse_workgroup        = "coretelecoms-test"
    warehouse_workgroup_arn    = "arn:aws:redshift-serverless:eu-north-1:111111111111:workgroup/test"
  }
}

run "a_function_is_as_declared" {
  assert {
    condition     = aws_lambda_function.this["sms"].function_name == "coretelecoms-test-sms"
    error_message = "The DAGs would not find the function."
  }

  assert {
    condition = (
      aws_lambda_function.this["sms"].memory_size == 1769 && aws_lambda_function.this["sms"].timeout == 240 &&
      aws_lambda_function.this["sms"].reserved_concurrent_executions == 10 &&
      aws_lambda_function.this["sms"].ephemeral_storage[0].size == 512 &&
      length(aws_lambda_function.this["sms"].layers) == 1 && length(aws_lambda_function.this["load-warehouse"].layers) == 0
    )
    error_message = "The function has other limits than declared."
  }

  assert {
    condition     = aws_lambda_function.this["sms"].s3_key == "releases/0123456789abcdef0123456789abcdef01234567/functions/sms.zip" && aws_lambda_function.this["sms"].source_code_hash == "c21z"
    error_message = "The function runs another bundle."
  }

  assert {
    condition     = length(aws_lambda_function.this["sms"].vpc_config) == 0
    error_message = "Ingest functions are outside the VPC."
  }
}

run "references_are_filled_in" {
  assert {
    condition     = aws_lambda_function.this["sms"].environment[0].variables["LAKE_BUCKET"] == "the-lake"
    error_message = "The environment still holds a reference."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.declared["sms"].policy).Statement[0].Resource == "arn:aws:s3:::the-lake/raw/sms/*"
    error_message = "The policy still holds a reference."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.declared["load-warehouse"].policy).Statement[0].Condition.StringEquals["redshift-data:statement-owner-iam-userid"] == "$${aws:userid}"
    error_message = "A variable of IAM was taken for a reference."
  }
}

run "each_function_has_its_own_role_log_and_dead_letters" {
  assert {
    condition     = aws_iam_role.function["sms"].permissions_boundary == var.permissions_boundary_arn
    error_message = "The role is not bounded."
  }

  assert {
    condition     = aws_cloudwatch_log_group.function["sms"].name == "/aws/lambda/coretelecoms-test-sms" && aws_cloudwatch_log_group.function["sms"].kms_key_id == var.operations_key_arn
    error_message = "The log group is another one, or in clear."
  }

  assert {
    condition     = aws_lambda_function.this["sms"].dead_letter_config[0].target_arn == aws_sqs_queue.dead_letter["sms"].arn
    error_message = "Failed events are lost."
  }

  assert {
    condition     = aws_iam_role.function["load-warehouse"].tags["RedshiftDbRoles"] == "ingest:reader" && length(aws_iam_role.function["sms"].tags) == 0
    error_message = "The role signs in to the warehouse with other rights than declared."
  }
}

run "a_schedule_invokes_its_function" {
  assert {
    condition     = keys(aws_scheduler_schedule.this) == ["load-warehouse/nightly"]
    error_message = "Not exactly the declared schedules."
  }

  assert {
    condition = (
      aws_scheduler_schedule.this["load-warehouse/nightly"].schedule_expression == "cron(30 4 * * ? *)" &&
      aws_scheduler_schedule.this["load-warehouse/nightly"].schedule_expression_timezone == "UTC" &&
      jsondecode(aws_scheduler_schedule.this["load-warehouse/nightly"].target[0].input).bucket == "the-lake"
    )
    error_message = "The schedule is another one, or its input still holds a reference."
  }
}

run "an_unknown_trigger_is_refused" {
  command = plan

  variables {
    functions_file = "./tests/fixtures/unknown-trigger.json"
  }

  expect_failures = [aws_lambda_function.this]
}

run "a_release_without_a_bundle_is_refused" {
  command = plan

  variables {
    release_manifest = "./tests/fixtures/incomplete-release.json"
  }

  expect_failures = [aws_lambda_function.this]
}

run "a_branch_is_no_release" {
  command = plan

  variables {
    release = "main"
  }

  expect_failures = [var.release]
}
