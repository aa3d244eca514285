provider "aws" {
  region = "eu-north-1"
}

module "warehouse" {
  source = "../.."

  name_prefix              = "coretelecoms-example"
  account_id               = "111111111111"
  region                   = "eu-north-1"
  base_capacity            = 8
  subnet_ids               = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_id        = "sg-warehouse"
  lake_bucket_arn          = "arn:aws:s3:::coretelecoms-example-lake-111111111111"
  lake_key_arn             = "arn:aws:kms:eu-north-1:111111111111:key/11111111-1111-1111-1111-111111111111"
  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/coretelecoms-example-boundary"

  reader_principals = {
    analyst    = ["arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-north-1/AWSReservedSSO_Analyst_*"]
    operations = ["arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-north-1/AWSReservedSSO_Operations_*"]
    leadership = ["arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-north-1/AWSReservedSSO_Leadership_*"]
    pii-reader = ["arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-north-1/AWSReservedSSO_Privacy_*"]
    ml         = ["arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-north-1/AWSReservedSSO_DataScience_*"]
  }
}
