data "aws_caller_identity" "current" {}

resource "aws_kms_key" "lake" {
  description             = "${var.name_prefix}: objects of the lake"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  # Whoever may use the key says so in an IAM policy; the key itself trusts nothing but the account.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AccountDelegatesToIam"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_alias" "lake" {
  name          = "alias/${var.name_prefix}-lake"
  target_key_id = aws_kms_key.lake.key_id
}

# Who read or wrote which object: one line a request, delivered by S3 itself.
module "access_logs" {
  source = "../bucket"

  name                  = "${var.name_prefix}-access-logs-${data.aws_caller_identity.current.account_id}"
  expire_days_by_prefix = { for bucket in ["lake", "airflow"] : "${var.name_prefix}-${bucket}-${data.aws_caller_identity.current.account_id}/" => var.access_log_days }
  policy_statements = [{
    sid            = "DeliverAccessLogs"
    service        = "logging.s3.amazonaws.com"
    actions        = ["s3:PutObject"]
    paths          = ["/*"]
    source_account = data.aws_caller_identity.current.account_id
  }]
}

# No restriction of `s3:signatureAge`: Redshift's COPY from Parquet reads through pre-signed addresses.
module "lake" {
  source = "../bucket"

  name                    = "${var.name_prefix}-lake-${data.aws_caller_identity.current.account_id}"
  kms_key_arn             = aws_kms_key.lake.arn
  access_logs             = { bucket = module.access_logs.name }
  noncurrent_version_days = var.noncurrent_version_days
  expire_days_by_prefix   = { "failed/" = var.failed_load_days }
}
