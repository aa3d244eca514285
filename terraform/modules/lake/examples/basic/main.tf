provider "aws" {
  region = "eu-north-1"
}

module "lake" {
  source = "../.."

  name_prefix = "coretelecoms-example"
}
