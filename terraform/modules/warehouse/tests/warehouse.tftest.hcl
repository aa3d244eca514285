mock_provider "aws" {
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-north-1:111111111111:key/warehouse" }
  }

  mock_resource "aws_redshiftserverless_workgroup" {
    defaults = {
      arn      = "arn:aws:redshift-serverless:eu-north-1:111111111111:workgroup/test"
      endpoint = [{ address = "warehouse.internal", port = 5439, vpc_endpoint = [] }]
    }
  }
}

variables {
  name_prefix              = "coretelecoms-test"
  account_id               = "111111111111"
  region                   = "eu-north-1"
  subnet_ids               = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_id        = "sg-warehouse"
  lake_bucket_arn          = "arn:aws:s3:::the-lake"
  lake_key_arn             = "arn:aws:kms:eu-north-1:111111111111:key/lake"
  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/boundary"

  reader_principals = {
    analyst    = ["arn:aws:iam::111111111111:role/Analyst"]
    operations = ["arn:aws:iam::111111111111:role/Operations"]
    leadership = ["arn:aws:iam::111111111111:role/Leadership"]
    pii-reader = ["arn:aws:iam::111111111111:role/Privacy"]
    ml         = ["arn:aws:iam::111111111111:role/DataScience"]
  }
}

run "private_and_audited" {
  assert {
    condition     = !aws_redshiftserverless_workgroup.this.publicly_accessible && aws_redshiftserverless_workgroup.this.enhanced_vpc_routing
    error_message = "The warehouse can be reached from outside, or reaches out."
  }

  assert {
    condition     = anytrue([for parameter in aws_redshiftserverless_workgroup.this.config_parameter : parameter.parameter_key == "require_ssl" && parameter.parameter_value == "true"])
    error_message = "Connections without TLS are let in."
  }

  assert {
    condition     = length(aws_redshiftserverless_namespace.this.log_exports) == 3
    error_message = "Not all audit logs are exported."
  }

  assert {
    condition     = aws_redshiftserverless_namespace.this.manage_admin_password && aws_redshiftserverless_namespace.this.admin_user_password == null
    error_message = "The admin's password is in Terraform."
  }
}

run "a_runaway_bill_ends" {
  assert {
    condition     = aws_redshiftserverless_usage_limit.stop.breach_action == "deactivate" && aws_redshiftserverless_usage_limit.warn.breach_action == "emit-metric"
    error_message = "Nothing warns of, or stops, a runaway bill."
  }
}

run "copy_reads_committed_loads_only" {
  assert {
    condition     = toset(flatten([for statement in jsondecode(aws_iam_role_policy.copy.policy).Statement : statement.Resource if try(startswith(statement.Action, "s3:GetObject"), false)])) == toset(["arn:aws:s3:::the-lake/raw/*"])
    error_message = "COPY reads more than committed loads."
  }
}

run "each_reader_has_one_database_role" {
  assert {
    condition     = { for name, role in aws_iam_role.reader : name => role.tags["RedshiftDbRoles"] } == { analyst = "analyst", operations = "operations", leadership = "leadership", pii-reader = "pii_reader", ml = "ml" }
    error_message = "A reader signs in with other rights."
  }

  assert {
    condition = alltrue(flatten([
      for policy in aws_iam_role_policy.reader : [
        for statement in jsondecode(policy.policy).Statement :
        statement.Resource == "arn:aws:redshift-serverless:eu-north-1:111111111111:workgroup/test" if statement.Sid != "FollowOwnStatements"
      ]
    ]))
    error_message = "A reader may use another workgroup."
  }

  assert {
    condition     = aws_iam_role.reader["pii-reader"].max_session_duration == 3600
    error_message = "Whoever reads personal data signs in again every hour."
  }
}

run "everybody_is_no_reader" {
  command = plan

  variables {
    reader_principals = {
      analyst    = ["arn:aws:iam::111111111111:role/*"]
      operations = ["arn:aws:iam::111111111111:role/Operations"]
      leadership = ["arn:aws:iam::111111111111:role/Leadership"]
      pii-reader = ["arn:aws:iam::111111111111:role/Privacy"]
      ml         = ["arn:aws:iam::111111111111:role/DataScience"]
    }
  }

  expect_failures = [var.reader_principals]
}

run "capacity_is_4_or_a_multiple_of_8" {
  command = plan

  variables {
    base_capacity = 12
  }

  expect_failures = [var.base_capacity]
}

run "two_zones_are_too_few" {
  command = plan

  variables {
    subnet_ids = ["subnet-a", "subnet-b"]
  }

  expect_failures = [aws_redshiftserverless_workgroup.this]
}
