provider "aws" {
  region = "eu-north-1"
}

module "orchestration" {
  source = "../.."

  name_prefix              = "coretelecoms-example"
  environment              = "example"
  account_id               = "111111111111"
  region                   = "eu-north-1"
  subnet_ids               = ["subnet-a", "subnet-b"]
  security_group_id        = "sg-airflow"
  access_log_bucket        = "coretelecoms-example-access-logs-111111111111"
  artifact_bucket          = "coretelecoms-artifacts-111111111111"
  release                  = "0123456789abcdef0123456789abcdef01234567"
  function_arns            = { sms = "arn:aws:lambda:eu-north-1:111111111111:function:coretelecoms-example-sms" }
  alert_topic_arn          = "arn:aws:sns:eu-north-1:111111111111:coretelecoms-example-alerts"
  operations_key_arn       = "arn:aws:kms:eu-north-1:111111111111:key/00000000-0000-0000-0000-000000000000"
  lake_bucket              = "coretelecoms-example-lake-111111111111"
  warehouse_workgroup      = "coretelecoms-example"
  warehouse_workgroup_arn  = "arn:aws:redshift-serverless:eu-north-1:111111111111:workgroup/00000000-0000-0000-0000-000000000000"
  warehouse_database       = "coretelecoms"
  warehouse_host           = "coretelecoms-example.111111111111.eu-north-1.redshift-serverless.amazonaws.com"
  runbook_base_url         = "https://github.com/example-org/example-repo/blob/main/"
  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/coretelecoms-example-boundary"
}
