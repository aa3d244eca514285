locals {
  environment_arn = "arn:aws:airflow:${var.region}:${var.account_id}:environment/${var.name_prefix}"
}

resource "aws_iam_role" "airflow" {
  name                 = "${var.name_prefix}-airflow"
  description          = "What Airflow, its tasks and dbt may do"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Airflow"
      Effect    = "Allow"
      Principal = { Service = ["airflow.amazonaws.com", "airflow-env.amazonaws.com"] }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })

  # dbt signs in with this role and gets the database role that builds the models.
  tags = { RedshiftDbRoles = "transform" }
}

resource "aws_iam_role_policy" "airflow" {
  name = "airflow"
  role = aws_iam_role.airflow.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.service_statements, local.task_statements)
  })
}

locals {
  # What MWAA itself needs (Amazon MWAA execution role, user guide).
  service_statements = [
    {
      Sid      = "PublishMetrics"
      Effect   = "Allow"
      Action   = "airflow:PublishMetrics"
      Resource = local.environment_arn
    },
    {
      Sid      = "ReadOwnFiles"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectVersion"]
      Resource = "${module.bucket.arn}/*"
    },
    {
      Sid      = "ReadOwnBucket"
      Effect   = "Allow"
      Action   = ["s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketLocation", "s3:GetBucketPublicAccessBlock", "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration"]
      Resource = module.bucket.arn
    },
    {
      Sid      = "CheckThatTheAccountIsClosed"
      Effect   = "Allow"
      Action   = "s3:GetAccountPublicAccessBlock"
      Resource = "*"
    },
    {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:GetLogEvents", "logs:GetLogRecord", "logs:GetLogGroupFields", "logs:GetQueryResults"]
      Resource = "arn:aws:logs:${var.region}:${var.account_id}:log-group:airflow-${var.name_prefix}-*"
    },
    {
      Sid      = "FindLogs"
      Effect   = "Allow"
      Action   = "logs:DescribeLogGroups"
      Resource = "*"
    },
    {
      Sid       = "PutMetrics"
      Effect    = "Allow"
      Action    = "cloudwatch:PutMetricData"
      Resource  = "*"
      Condition = { StringEquals = { "cloudwatch:namespace" = "AmazonMWAA" } }
    },
    {
      # Celery's queue is in an account of the service: its name is known, the account is not.
      Sid      = "UseTheTaskQueue"
      Effect   = "Allow"
      Action   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:SendMessage"]
      Resource = "arn:aws:sqs:${var.region}:*:airflow-celery-*"
    },
    {
      Sid      = "UseOwnKey"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
      Resource = aws_kms_key.airflow.arn
      Condition = {
        StringEquals = { "kms:ViaService" = ["sqs.${var.region}.amazonaws.com", "s3.${var.region}.amazonaws.com"] }
      }
    },
  ]

  # What the DAGs and dbt do.
  task_statements = [
    {
      Sid      = "InvokeTheFleet"
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = sort(values(var.function_arns))
    },
    {
      Sid      = "Alert"
      Effect   = "Allow"
      Action   = "sns:Publish"
      Resource = var.alert_topic_arn
    },
    {
      Sid       = "EncryptAlerts"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = var.operations_key_arn
      Condition = { StringEquals = { "kms:ViaService" = "sns.${var.region}.amazonaws.com" } }
    },
    {
      Sid      = "RunStatements"
      Effect   = "Allow"
      Action   = ["redshift-data:ExecuteStatement", "redshift-data:BatchExecuteStatement"]
      Resource = var.warehouse_workgroup_arn
    },
    {
      Sid      = "SignInToTheWarehouse"
      Effect   = "Allow"
      Action   = ["redshift-serverless:GetCredentials", "redshift-serverless:GetWorkgroup"]
      Resource = var.warehouse_workgroup_arn
    },
    {
      Sid      = "FollowOwnStatements"
      Effect   = "Allow"
      Action   = ["redshift-data:DescribeStatement", "redshift-data:GetStatementResult", "redshift-data:CancelStatement"]
      Resource = "*"
      Condition = {
        StringEquals = { "redshift-data:statement-owner-iam-userid" = "$${aws:userid}" }
      }
    },
  ]
}
