provider "aws" {
  region = "eu-north-1"
}

module "observability" {
  source = "../.."

  name_prefix         = "coretelecoms-example"
  environment         = "example"
  account_id          = "111111111111"
  region              = "eu-north-1"
  functions_file      = "${path.module}/../../../../generated/functions.json"
  runbook_base_url    = "https://github.com/example-org/example-repo/blob/main/"
  alert_emails        = ["data-platform@example.com"]
  workgroup           = "coretelecoms-example"
  daily_rpu_hours     = 16
  airflow_environment = "coretelecoms-example"
  monthly_budget_usd  = 900
}
