# A whole environment, as environments/dev and environments/prod make it.
provider "aws" {
  region = "eu-north-1"

  default_tags {
    tags = { Project = "coretelecoms-cx-platform", Environment = "dev", ManagedBy = "example", Owner = "data-platform" }
  }
}

module "platform" {
  source = "../.."

  environment        = "dev"
  github_repository  = "example-org/example-repo"
  artifact_bucket    = "coretelecoms-artifacts-111111111111"
  release            = "0123456789abcdef0123456789abcdef01234567"
  release_manifest   = "../../../../../dist/release.json"
  cidr_block         = "10.41.0.0/21"
  alert_emails       = ["data-platform@example.com"]
  monthly_budget_usd = 350

  reader_principals = {
    analyst    = ["arn:aws:iam::111111111111:role/Analyst"]
    operations = ["arn:aws:iam::111111111111:role/Operations"]
    leadership = ["arn:aws:iam::111111111111:role/Leadership"]
    pii-reader = ["arn:aws:iam::111111111111:role/Privacy"]
    ml         = ["arn:aws:iam::111111111111:role/DataScience"]
  }
}
