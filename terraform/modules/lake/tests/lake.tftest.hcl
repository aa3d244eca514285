mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111111111111" }
  }

  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-north-1:111111111111:key/lake" }
  }
}

variables {
  name_prefix = "coretelecoms-test"
}

run "names_the_lake_after_environment_and_account" {
  assert {
    condition     = module.lake.name != "" && output.bucket == module.lake.name
    error_message = "The lake has no name."
  }

  assert {
    condition     = output.key_arn == "arn:aws:kms:eu-north-1:111111111111:key/lake"
    error_message = "The lake's key is another one."
  }
}

run "the_key_rotates_and_trusts_the_account_only" {
  assert {
    condition     = aws_kms_key.lake.enable_key_rotation
    error_message = "The key does not rotate."
  }

  assert {
    condition     = [for statement in jsondecode(aws_kms_key.lake.policy).Statement : statement.Principal.AWS] == ["arn:aws:iam::111111111111:root"]
    error_message = "Somebody else may use the key."
  }
}

run "evidence_is_not_kept_for_ever" {
  command = plan

  variables {
    failed_load_days = 1
  }

  expect_failures = [var.failed_load_days]
}

run "replaced_versions_can_be_restored_for_a_week" {
  command = plan

  variables {
    noncurrent_version_days = 1
  }

  expect_failures = [var.noncurrent_version_days]
}
