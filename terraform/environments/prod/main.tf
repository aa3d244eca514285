provider "aws" {
  region = "eu-north-1"

  default_tags {
    tags = {
      Project     = "coretelecoms-cx-platform"
      Environment = "prod"
      ManagedBy   = "terraform/environments/prod"
      Owner       = var.owner
    }
  }
}

module "platform" {
  source = "../../modules/platform"

  environment       = "prod"
  github_repository = var.github_repository
  artifact_bucket   = var.artifact_bucket
  release           = var.release
  release_manifest  = var.release_manifest

  cidr_block         = "10.40.0.0/21"
  endpoint_zones     = 2
  client_cidr_blocks = var.client_cidr_blocks

  warehouse_base_capacity     = 8
  warehouse_max_capacity      = 24
  warehouse_daily_rpu_hours   = 16
  warehouse_monthly_rpu_hours = 400

  airflow_class       = "mw1.small"
  airflow_max_workers = 2

  lake_noncurrent_version_days = 30
  reader_principals            = var.reader_principals
  alert_emails                 = var.alert_emails
  monthly_budget_usd           = 1000
}
