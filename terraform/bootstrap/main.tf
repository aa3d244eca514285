# Applied once an account, by an administrator, before any environment: what Terraform keeps its states in, and what CD
# needs before it can apply anything (README).
provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project     = "coretelecoms-cx-platform"
      Environment = "shared"
      ManagedBy   = "terraform/bootstrap"
      Owner       = var.owner
    }
  }
}

data "aws_caller_identity" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
}

resource "aws_kms_key" "state" {
  description             = "coretelecoms: states of Terraform"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AccountDelegatesToIam"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${local.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "state" {
  name          = "alias/coretelecoms-terraform-state"
  target_key_id = aws_kms_key.state.key_id
}

module "access_logs" {
  source = "../modules/bucket"

  name                  = "coretelecoms-bootstrap-access-logs-${local.account_id}"
  expire_days_by_prefix = { "coretelecoms-artifacts-${local.account_id}/" = 400, "coretelecoms-terraform-state-${local.account_id}/" = 400 }
  policy_statements = [{
    sid            = "DeliverAccessLogs"
    service        = "logging.s3.amazonaws.com"
    actions        = ["s3:PutObject"]
    paths          = ["/*"]
    source_account = local.account_id
  }]
}

# Older versions of a state are what undoes a bad apply: they stay for a year.
module "state" {
  source = "../modules/bucket"

  name                    = "coretelecoms-terraform-state-${local.account_id}"
  kms_key_arn             = aws_kms_key.state.arn
  access_logs             = { bucket = module.access_logs.name }
  noncurrent_version_days = 365
}

module "delivery" {
  source = "../modules/delivery"

  github_repository = var.github_repository
  environments      = var.environments
  source_buckets    = var.source_buckets
  state_bucket_arn  = module.state.arn
  state_key_arn     = aws_kms_key.state.arn
  access_log_bucket = module.access_logs.name
}
