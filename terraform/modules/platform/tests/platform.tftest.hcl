mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111111111111" }
  }

  mock_data "aws_region" {
    defaults = { region = "eu-north-1" }
  }

  mock_resource "aws_redshiftserverless_workgroup" {
    defaults = {
      arn      = "arn:aws:redshift-serverless:eu-north-1:111111111111:workgroup/test"
      endpoint = [{ address = "warehouse.internal", port = 5439, vpc_endpoint = [] }]
    }
  }
}

variables {
  environment        = "dev"
  github_repository  = "example-org/example-repo"
  artifact_bucket    = "artifacts"
  release            = "0123456789abcdef0123456789abcdef01234567"
  release_manifest   = "../../../dist/release.json"
  cidr_block         = "10.41.0.0/21"
  alert_emails       = ["somebody@example.com"]
  monthly_budget_usd = 350

  reader_principals = {
    analyst    = ["arn:aws:iam::111111111111:role/Analyst"]
    operations = ["arn:aws:iam::111111111111:role/Operations"]
    leadership = ["arn:aws:iam::111111111111:role/Leadership"]
    pii-reader = ["arn:aws:iam::111111111111:role/Privacy"]
    ml         = ["arn:aws:iam::111111111111:role/DataScience"]
  }
}

run "everything_is_named_after_the_environment" {
  assert {
    condition     = output.name_prefix == "coretelecoms-dev" && output.warehouse_workgroup == "coretelecoms-dev" && output.airflow_environment == "coretelecoms-dev"
    error_message = "Environments would share something."
  }

  assert {
    condition     = alltrue([for name, full in output.function_names : full == "coretelecoms-dev-${name}"])
    error_message = "The DAGs would not find the functions."
  }
}

run "a_third_environment_needs_its_own_role_first" {
  command = plan

  variables {
    environment = "staging"
  }

  expect_failures = [var.environment]
}
