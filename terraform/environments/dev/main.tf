provider "aws" {
  region = "eu-north-1"

  default_tags {
    tags = {
      Project     = "coretelecoms-cx-platform"
      Environment = "dev"
      ManagedBy   = "terraform/environments/dev"
      Owner       = var.owner
    }
  }
}

# As prod, but small, with endpoints in one zone: losing it for a while costs nothing but time.
module "platform" {
  source = "../../modules/platform"

  environment       = "dev"
  github_repository = var.github_repository
  artifact_bucket   = var.artifact_bucket
  release           = var.release
  release_manifest  = var.release_manifest

  cidr_block         = "10.41.0.0/21"
  endpoint_zones     = 1
  client_cidr_blocks = var.client_cidr_blocks

  warehouse_base_capacity     = 4
  warehouse_max_capacity      = 8
  warehouse_daily_rpu_hours   = 8
  warehouse_monthly_rpu_hours = 100

  airflow_class       = "mw1.micro"
  airflow_max_workers = 1

  lake_noncurrent_version_days = 7
  reader_principals            = var.reader_principals
  alert_emails                 = var.alert_emails
  monthly_budget_usd           = 350
}
