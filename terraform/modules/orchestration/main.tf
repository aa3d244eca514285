resource "aws_kms_key" "airflow" {
  description             = "${var.name_prefix}: Airflow, its bucket, database and logs"
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
        Sid       = "AirflowsLogGroups"
        Effect    = "Allow"
        Principal = { Service = "logs.${var.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${var.region}:${var.account_id}:log-group:airflow-${var.name_prefix}-*" } }
      },
    ]
  })
}

resource "aws_kms_alias" "airflow" {
  name          = "alias/${var.name_prefix}-airflow"
  target_key_id = aws_kms_key.airflow.key_id
}

resource "aws_mwaa_environment" "this" {
  name              = var.name_prefix
  airflow_version   = "3.3.1"
  environment_class = var.environment_class
  min_workers       = 1
  max_workers       = var.max_workers
  schedulers        = var.environment_class == "mw1.micro" ? 1 : 2

  execution_role_arn              = aws_iam_role.airflow.arn
  kms_key                         = aws_kms_key.airflow.arn
  webserver_access_mode           = var.webserver_access_mode
  endpoint_management             = "SERVICE"
  worker_replacement_strategy     = "GRACEFUL"
  weekly_maintenance_window_start = "SUN:22:00"

  source_bucket_arn                = module.bucket.arn
  dag_s3_path                      = "dags/"
  requirements_s3_path             = aws_s3_object_copy.release["requirements.txt"].key
  requirements_s3_object_version   = aws_s3_object_copy.release["requirements.txt"].version_id
  startup_script_s3_path           = aws_s3_object_copy.release["startup.sh"].key
  startup_script_s3_object_version = aws_s3_object_copy.release["startup.sh"].version_id

  # No secrets in here: Airflow shows its configuration.
  airflow_configuration_options = {
    "core.dags_are_paused_at_creation" = "true"
    "core.load_examples"               = "false"
    "core.default_task_retries"        = "0"
    "celery.worker_autoscale"          = var.environment_class == "mw1.micro" ? "3,1" : "5,1"
  }

  network_configuration {
    security_group_ids = [var.security_group_id]
    subnet_ids         = slice(var.subnet_ids, 0, 2)
  }

  logging_configuration {
    dag_processing_logs {
      enabled   = true
      log_level = "WARNING"
    }

    scheduler_logs {
      enabled   = true
      log_level = "WARNING"
    }

    task_logs {
      enabled   = true
      log_level = "INFO"
    }

    webserver_logs {
      enabled   = true
      log_level = "WARNING"
    }

    worker_logs {
      enabled   = true
      log_level = "WARNING"
    }
  }

  # What the start-up script reads has to be there before an environment starts.
  depends_on = [aws_iam_role_policy.airflow, aws_s3_object.environment, aws_s3_object_copy.release]
}
