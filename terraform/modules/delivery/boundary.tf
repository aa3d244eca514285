# The most that any role of an environment can be allowed, whatever its own policy says. The deployment role can make
# roles only with this boundary and cannot change it, so it cannot give itself or a function more than this.
resource "aws_iam_policy" "boundary" {
  for_each = var.environments

  name        = "${var.name_prefix}-${each.key}-boundary"
  description = "Bounds every role of ${each.key}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Objects"
        Effect = "Allow"
        Action = [
          "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetBucketLocation", "s3:GetBucketPublicAccessBlock",
          "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration", "s3:GetObject", "s3:GetObjectVersion",
          "s3:ListBucket", "s3:ListBucketVersions", "s3:PutObject",
        ]
        Resource = ["arn:aws:s3:::${var.name_prefix}-${each.key}-*", "arn:aws:s3:::${var.name_prefix}-${each.key}-*/*"]
      },
      {
        Sid      = "SourceObjects"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:ListBucket"]
        Resource = flatten([for bucket in var.source_buckets : ["arn:aws:s3:::${bucket}", "arn:aws:s3:::${bucket}/*"]])
      },
      {
        Sid      = "Keys"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
        Resource = "arn:aws:kms:*:${local.account_id}:key/*"
      },
      {
        Sid    = "Logs"
        Effect = "Allow"
        Action = [
          "logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:GetLogEvents",
          "logs:GetLogGroupFields", "logs:GetLogRecord", "logs:GetQueryResults", "logs:PutLogEvents",
        ]
        Resource = [
          "arn:aws:logs:${local.region}:${local.account_id}:log-group:/aws/lambda/${var.name_prefix}-${each.key}-*",
          "arn:aws:logs:${local.region}:${local.account_id}:log-group:/${var.name_prefix}-${each.key}/*",
          "arn:aws:logs:${local.region}:${local.account_id}:log-group:airflow-${var.name_prefix}-${each.key}-*",
        ]
      },
      {
        Sid      = "Queues"
        Effect   = "Allow"
        Action   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:SendMessage"]
        Resource = ["arn:aws:sqs:${local.region}:${local.account_id}:${var.name_prefix}-${each.key}-*", "arn:aws:sqs:${local.region}:*:airflow-celery-*"]
      },
      {
        Sid    = "OwnFunctionsTopicsAndEnvironment"
        Effect = "Allow"
        Action = ["lambda:InvokeFunction", "sns:Publish", "airflow:PublishMetrics"]
        Resource = [
          "arn:aws:lambda:${local.region}:${local.account_id}:function:${var.name_prefix}-${each.key}-*",
          "arn:aws:sns:${local.region}:${local.account_id}:${var.name_prefix}-${each.key}-*",
          "arn:aws:airflow:${local.region}:${local.account_id}:environment/${var.name_prefix}-${each.key}",
        ]
      },
      {
        Sid    = "ParametersAndTheAdminsSecret"
        Effect = "Allow"
        Action = ["ssm:GetParameter", "ssm:GetParameters", "secretsmanager:GetSecretValue"]
        Resource = [
          "arn:aws:ssm:*:${local.account_id}:parameter/coretelecomms/*",
          "arn:aws:secretsmanager:${local.region}:${local.account_id}:secret:redshift!*",
        ]
      },
      {
        # Requests for erasure are parameters, which go when they are done.
        Sid      = "OwnParametersGo"
        Effect   = "Allow"
        Action   = "ssm:DeleteParameter"
        Resource = "arn:aws:ssm:${local.region}:${local.account_id}:parameter/coretelecomms/platform/${each.key}/*"
      },
      {
        Sid    = "Warehouse"
        Effect = "Allow"
        Action = [
          "redshift-data:BatchExecuteStatement", "redshift-data:ExecuteStatement",
          "redshift-serverless:GetCredentials", "redshift-serverless:GetWorkgroup",
        ]
        Resource = "arn:aws:redshift-serverless:${local.region}:${local.account_id}:workgroup/*"
      },
      {
        # These know no resource.
        Sid    = "WithoutResource"
        Effect = "Allow"
        Action = [
          "cloudwatch:PutMetricData", "logs:DescribeLogGroups", "redshift-data:CancelStatement",
          "redshift-data:DescribeStatement", "redshift-data:GetStatementResult", "s3:GetAccountPublicAccessBlock",
        ]
        Resource = "*"
      },
    ]
  })
}
