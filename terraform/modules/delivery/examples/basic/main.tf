provider "aws" {
  region = "eu-north-1"
}

module "delivery" {
  source = "../.."

  github_repository = "example-org/example-repo"
  environments      = ["dev", "prod"]
  state_bucket_arn  = "arn:aws:s3:::coretelecoms-terraform-state-111111111111"
  state_key_arn     = "arn:aws:kms:eu-north-1:111111111111:key/00000000-0000-0000-0000-000000000000"
  access_log_bucket = "coretelecoms-bootstrap-access-logs-111111111111"
}
