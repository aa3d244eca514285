module "bucket" {
  source = "../bucket"

  name        = "${var.name_prefix}-airflow-${var.account_id}"
  kms_key_arn = aws_kms_key.airflow.arn
  access_logs = { bucket = var.access_log_bucket }
}

locals {
  # Key in Airflow's bucket → key below `releases/<release>/` in the bucket of artefacts.
  release_files = {
    "requirements.txt"                    = "mwaa/requirements.txt"
    "startup.sh"                          = "mwaa/startup.sh"
    "dbt/${var.release}/dbt.tar.gz"       = "mwaa/dbt.tar.gz"
    "wheels/${var.release}/wheels.tar.gz" = "mwaa/wheels.tar.gz"
  }

  # MWAA has no environment variables of its own: the start-up script sources this file.
  environment = merge({
    ALERT_TOPIC_ARN      = var.alert_topic_arn
    AWS_DEFAULT_REGION   = var.region
    DBT_REDSHIFT_HOST    = var.warehouse_host
    DBT_TARGET           = "redshift"
    FUNCTION_PREFIX      = "${var.name_prefix}-"
    LAKE_BUCKET          = var.lake_bucket
    PLATFORM_ENVIRONMENT = var.environment
    PLATFORM_RELEASE     = var.release
    RUNBOOK_BASE_URL     = var.runbook_base_url
    WAREHOUSE_DATABASE   = var.warehouse_database
    WAREHOUSE_WORKGROUP  = var.warehouse_workgroup
  }, var.extra_environment)
}

# A release is complete before Terraform applies it, so that an environment never starts without its wheels.
resource "aws_s3_object_copy" "release" {
  for_each = local.release_files

  bucket                 = module.bucket.name
  key                    = each.key
  source                 = "${var.artifact_bucket}/releases/${var.release}/${each.value}"
  server_side_encryption = "aws:kms"
  kms_key_id             = aws_kms_key.airflow.arn
  bucket_key_enabled     = true
}

resource "aws_s3_object" "environment" {
  bucket                 = module.bucket.name
  key                    = "environment.sh"
  content                = join("", [for name in sort(keys(local.environment)) : "export ${name}='${local.environment[name]}'\n"])
  content_type           = "text/x-shellscript"
  server_side_encryption = "aws:kms"
  kms_key_id             = aws_kms_key.airflow.arn
  bucket_key_enabled     = true
}
