# The fleet as it is declared, with stand-ins for what the other modules make.
provider "aws" {
  region = "eu-north-1"
}

module "fleet" {
  source = "../.."

  name_prefix              = "coretelecoms-example"
  functions_file           = "${path.module}/../../../../generated/functions.json"
  artifact_bucket          = "coretelecoms-artifacts-111111111111"
  release                  = "0123456789abcdef0123456789abcdef01234567"
  release_manifest         = var.release_manifest
  operations_key_arn       = "arn:aws:kms:eu-north-1:111111111111:key/00000000-0000-0000-0000-000000000000"
  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/coretelecoms-example-boundary"

  references = {
    account_id                 = "111111111111"
    copy_role_arn              = "arn:aws:iam::111111111111:role/coretelecoms-example-copy"
    database_parameter_path    = "/coretelecomms/database"
    database_ssl_mode          = "require"
    google_parameter_path      = "/coretelecomms/google"
    key_material_parameter     = "/coretelecomms/example/key_material"
    lake_bucket                = "coretelecoms-example-lake-111111111111"
    lake_key_arn               = "arn:aws:kms:eu-north-1:111111111111:key/11111111-1111-1111-1111-111111111111"
    region                     = "eu-north-1"
    source_bucket              = "core-telecoms-data-lake"
    source_region              = "eu-north-1"
    suppression_key_parameter  = "/coretelecomms/example/suppression_key"
    warehouse_admin_secret_arn = "arn:aws:secretsmanager:eu-north-1:111111111111:secret:redshift!example"
    warehouse_database         = "coretelecoms"
    warehouse_workgroup        = "coretelecoms-example"
    warehouse_workgroup_arn    = "arn:aws:redshift-serverless:eu-north-1:111111111111:workgroup/00000000-0000-0000-0000-000000000000"
  }
}

variable "release_manifest" {
  description = "Path of the release.json that `npm run build` wrote."
  type        = string
  default     = "../../../../../dist/release.json"
}
