mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-north-1:111111111111:key/airflow" }
  }
}

variables {
  name_prefix              = "coretelecoms-test"
  environment              = "test"
  account_id               = "111111111111"
  region                   = "eu-north-1"
  subnet_ids               = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_id        = "sg-airflow"
  access_log_bucket        = "access-logs"
  artifact_bucket          = "artifacts"
  release                  = "0123456789abcdef0123456789abcdef01234567"
  function_arns            = { sms = "arn:aws:lambda:eu-north-1:111111111111:function:coretelecoms-test-sms" }
  alert_topic_arn          = "arn:aws:sns:eu-north-1:111111111111:alerts"
  operations_key_arn       = "arn:aws:kms:eu-north-1:111111111111:key/operations"
  lake_bucket              = "the-lake"
  warehouse_workgroup      = "coretelecoms-test"
  warehouse_workgroup_arn  = "arn:aws:redshift-serverless:eu-north-1:111111111111:workgroup/test"
  warehouse_database       = "coretelecoms"
  warehouse_host           = "warehouse.internal"
  runbook_base_url         = "https://example.com/"
  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/boundary"
}

run "airflow_is_private_small_and_logged" {
  assert {
    condition     = aws_mwaa_environment.this.webserver_access_mode == "PRIVATE_ONLY" && aws_mwaa_environment.this.airflow_version == "3.3.1"
    error_message = "Airflow can be reached from the internet, or is another version."
  }

  assert {
    condition     = length(aws_mwaa_environment.this.network_configuration[0].subnet_ids) == 2
    error_message = "MWAA takes exactly two subnets."
  }

  assert {
    condition     = aws_mwaa_environment.this.logging_configuration[0].task_logs[0].log_level == "INFO"
    error_message = "Logs of tasks are not kept."
  }
}

run "the_files_of_the_release_are_there_before_airflow" {
  assert {
    condition     = aws_s3_object_copy.release["wheels/0123456789abcdef0123456789abcdef01234567/wheels.tar.gz"].source == "artifacts/releases/0123456789abcdef0123456789abcdef01234567/mwaa/wheels.tar.gz"
    error_message = "dbt's wheels are of another release."
  }

  assert {
    condition     = aws_mwaa_environment.this.startup_script_s3_path == "startup.sh" && aws_mwaa_environment.this.requirements_s3_path == "requirements.txt"
    error_message = "Airflow starts without its requirements or settings."
  }
}

run "the_settings_are_a_shell_script" {
  assert {
    condition = alltrue([
      for line in compact(split("\n", aws_s3_object.environment.content)) : can(regex("^export [A-Z_]+='[^']*'$", line))
    ])
    error_message = "environment.sh is no list of exports."
  }

  assert {
    condition     = strcontains(aws_s3_object.environment.content, "export FUNCTION_PREFIX='coretelecoms-test-'") && strcontains(aws_s3_object.environment.content, "export DBT_REDSHIFT_HOST='warehouse.internal'")
    error_message = "The DAGs would not find functions or warehouse."
  }
}

run "tasks_invoke_this_fleet_only" {
  assert {
    condition = toset(flatten([
      for statement in jsondecode(aws_iam_role_policy.airflow.policy).Statement : statement.Resource if statement.Sid == "InvokeTheFleet"
    ])) == toset(values(var.function_arns))
    error_message = "Tasks may invoke other functions."
  }

  assert {
    condition     = aws_iam_role.airflow.tags["RedshiftDbRoles"] == "transform"
    error_message = "dbt signs in with other rights."
  }
}

run "a_quote_in_a_setting_is_refused" {
  command = plan

  variables {
    extra_environment = { RUNBOOK_NOTE = "it's broken" }
  }

  expect_failures = [var.extra_environment]
}

run "micro_has_one_worker" {
  command = plan

  variables {
    environment_class = "mw1.micro"
    max_workers       = 2
  }

  expect_failures = [var.max_workers]
}
