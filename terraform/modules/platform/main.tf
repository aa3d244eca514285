data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

locals {
  name_prefix      = "coretelecoms-${var.environment}"
  account_id       = data.aws_caller_identity.current.account_id
  region           = data.aws_region.current.region
  functions_file   = "${path.module}/../../generated/functions.json"
  boundary_arn     = "arn:aws:iam::${local.account_id}:policy/${local.name_prefix}-boundary"
  runbook_base_url = "https://github.com/${var.github_repository}/blob/${var.release}/"
}

module "lake" {
  source = "../lake"

  name_prefix             = local.name_prefix
  noncurrent_version_days = var.lake_noncurrent_version_days
}

module "network" {
  source = "../network"

  name_prefix              = local.name_prefix
  account_id               = local.account_id
  cidr_block               = var.cidr_block
  endpoint_zones           = var.endpoint_zones
  client_cidr_blocks       = var.client_cidr_blocks
  log_key_arn              = module.observability.operations_key_arn
  permissions_boundary_arn = local.boundary_arn
}

module "warehouse" {
  source = "../warehouse"

  name_prefix              = local.name_prefix
  account_id               = local.account_id
  region                   = local.region
  base_capacity            = var.warehouse_base_capacity
  max_capacity             = var.warehouse_max_capacity
  daily_rpu_hours          = var.warehouse_daily_rpu_hours
  monthly_rpu_hours        = var.warehouse_monthly_rpu_hours
  subnet_ids               = module.network.private_subnet_ids
  security_group_id        = module.network.warehouse_security_group_id
  lake_bucket_arn          = module.lake.bucket_arn
  lake_key_arn             = module.lake.key_arn
  reader_principals        = var.reader_principals
  permissions_boundary_arn = local.boundary_arn
}

module "fleet" {
  source = "../fleet"

  name_prefix              = local.name_prefix
  functions_file           = local.functions_file
  artifact_bucket          = var.artifact_bucket
  release                  = var.release
  release_manifest         = var.release_manifest
  operations_key_arn       = module.observability.operations_key_arn
  permissions_boundary_arn = local.boundary_arn

  references = {
    account_id                 = local.account_id
    copy_role_arn              = module.warehouse.copy_role_arn
    database_parameter_path    = var.database_parameter_path
    database_ssl_mode          = var.database_ssl_mode
    google_parameter_path      = var.google_parameter_path
    key_material_parameter     = "/coretelecomms/platform/${var.environment}/key_material"
    lake_bucket                = module.lake.bucket
    lake_key_arn               = module.lake.key_arn
    region                     = local.region
    source_bucket              = var.source_bucket
    source_region              = var.source_region
    suppression_key_parameter  = "/coretelecomms/platform/${var.environment}/suppression_key"
    warehouse_admin_secret_arn = module.warehouse.admin_secret_arn
    warehouse_database         = module.warehouse.database
    warehouse_workgroup        = module.warehouse.workgroup
    warehouse_workgroup_arn    = module.warehouse.workgroup_arn
  }
}

module "orchestration" {
  source = "../orchestration"

  name_prefix              = local.name_prefix
  environment              = var.environment
  account_id               = local.account_id
  region                   = local.region
  environment_class        = var.airflow_class
  max_workers              = var.airflow_max_workers
  webserver_access_mode    = var.airflow_webserver_access_mode
  subnet_ids               = module.network.private_subnet_ids
  security_group_id        = module.network.airflow_security_group_id
  access_log_bucket        = module.lake.access_log_bucket
  artifact_bucket          = var.artifact_bucket
  release                  = var.release
  function_arns            = module.fleet.function_arns
  alert_topic_arn          = module.observability.topic_arn
  operations_key_arn       = module.observability.operations_key_arn
  lake_bucket              = module.lake.bucket
  warehouse_workgroup      = module.warehouse.workgroup
  warehouse_workgroup_arn  = module.warehouse.workgroup_arn
  warehouse_database       = module.warehouse.database
  warehouse_host           = module.warehouse.host
  runbook_base_url         = local.runbook_base_url
  permissions_boundary_arn = local.boundary_arn
}

module "observability" {
  source = "../observability"

  name_prefix         = local.name_prefix
  environment         = var.environment
  account_id          = local.account_id
  region              = local.region
  functions_file      = local.functions_file
  runbook_base_url    = local.runbook_base_url
  alert_emails        = var.alert_emails
  workgroup           = local.name_prefix
  daily_rpu_hours     = var.warehouse_daily_rpu_hours
  airflow_environment = local.name_prefix
  monthly_budget_usd  = var.monthly_budget_usd
}
