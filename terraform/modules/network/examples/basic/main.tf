provider "aws" {
  region = "eu-north-1"
}

module "network" {
  source = "../.."

  name_prefix              = "coretelecoms-example"
  account_id               = "111111111111"
  log_key_arn              = "arn:aws:kms:eu-north-1:111111111111:key/00000000-0000-0000-0000-000000000000"
  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/coretelecoms-example-boundary"
  client_cidr_blocks       = { office-vpn = "10.20.0.0/24" }
}
