# A private bucket with its own key, whose access logs go to a second one.
provider "aws" {
  region = "eu-north-1"
}

resource "aws_kms_key" "this" {
  description         = "Objects of the example"
  enable_key_rotation = true
}

module "logs" {
  source = "../.."

  name = "example-access-logs"
}

module "bucket" {
  source = "../.."

  name                  = "example-data"
  kms_key_arn           = aws_kms_key.this.arn
  access_logs           = { bucket = module.logs.name }
  expire_days_by_prefix = { "failed/" = 30 }
}
