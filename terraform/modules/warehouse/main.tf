resource "aws_kms_key" "warehouse" {
  description             = "${var.name_prefix}: the warehouse and its admin's password"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AccountDelegatesToIam"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        # Whoever of this account may read the admin's secret may have it decrypted, by Secrets Manager only.
        Sid       = "SecretsManagerForReadersOfTheSecret"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = {
          StringEquals = {
            "kms:CallerAccount" = var.account_id
            "kms:ViaService"    = "secretsmanager.${var.region}.amazonaws.com"
          }
        }
      },
    ]
  })
}

resource "aws_kms_alias" "warehouse" {
  name          = "alias/${var.name_prefix}-warehouse"
  target_key_id = aws_kms_key.warehouse.key_id
}

# Redshift makes, keeps and rotates the admin's password in Secrets Manager; it is never in Terraform.
resource "aws_redshiftserverless_namespace" "this" {
  namespace_name = var.name_prefix
  db_name        = var.database
  admin_username = "platform_admin"

  manage_admin_password            = true
  admin_password_secret_kms_key_id = aws_kms_key.warehouse.key_id

  iam_roles   = [aws_iam_role.copy.arn]
  kms_key_id  = aws_kms_key.warehouse.arn
  log_exports = ["userlog", "connectionlog", "useractivitylog"]
}

resource "aws_redshiftserverless_workgroup" "this" {
  workgroup_name = var.name_prefix
  namespace_name = aws_redshiftserverless_namespace.this.namespace_name

  base_capacity = var.base_capacity
  max_capacity  = var.max_capacity

  publicly_accessible  = false
  enhanced_vpc_routing = true
  subnet_ids           = var.subnet_ids
  security_group_ids   = [var.security_group_id]

  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }

  config_parameter {
    parameter_key   = "enable_user_activity_logging"
    parameter_value = "true"
  }

  # No statement of the platform runs for longer than a function or a dbt model may wait for it.
  config_parameter {
    parameter_key   = "max_query_execution_time"
    parameter_value = tostring(var.max_query_seconds)
  }

  lifecycle {
    precondition {
      condition     = var.max_capacity >= var.base_capacity
      error_message = "max_capacity is less than base_capacity."
    }

    precondition {
      condition     = length(var.subnet_ids) >= 3
      error_message = "Redshift Serverless wants three subnets in three zones."
    }
  }
}

# First a warning, then no more compute: a runaway query ends before the bill does.
resource "aws_redshiftserverless_usage_limit" "warn" {
  resource_arn  = aws_redshiftserverless_workgroup.this.arn
  usage_type    = "serverless-compute"
  period        = "daily"
  amount        = var.daily_rpu_hours
  breach_action = "emit-metric"
}

resource "aws_redshiftserverless_usage_limit" "stop" {
  resource_arn  = aws_redshiftserverless_workgroup.this.arn
  usage_type    = "serverless-compute"
  period        = "monthly"
  amount        = var.monthly_rpu_hours
  breach_action = "deactivate"
}
