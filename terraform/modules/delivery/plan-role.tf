locals {
  # Reads settings of what Terraform manages; no data (objects, messages, secrets, query results).
  read_settings = [
    "airflow:GetEnvironment", "airflow:ListTagsForResource",
    "budgets:ListTagsForResource", "budgets:ViewBudget",
    "cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource",
    "ec2:DescribeFlowLogs", "ec2:DescribeNetworkAcls", "ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists",
    "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets",
    "ec2:DescribeTags", "ec2:DescribeVpcAttribute", "ec2:DescribeVpcEndpoints", "ec2:DescribeVpcs",
    "ecr:DescribeRepositories", "ecr:GetLifecyclePolicy", "ecr:ListTagsForResource",
    "iam:GetOpenIDConnectProvider", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies", "iam:ListPolicyVersions", "iam:ListRolePolicies",
    "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListAliases", "kms:ListResourceTags",
    "lambda:GetFunction", "lambda:GetFunctionCodeSigningConfig", "lambda:GetFunctionConcurrency",
    "lambda:GetFunctionEventInvokeConfig", "lambda:GetLayerVersion", "lambda:ListTags", "lambda:ListVersionsByFunction",
    "logs:DescribeLogGroups", "logs:ListTagsForResource",
    "redshift-serverless:GetNamespace", "redshift-serverless:GetUsageLimit", "redshift-serverless:GetWorkgroup",
    "redshift-serverless:ListTagsForResource", "redshift-serverless:ListUsageLimits",
    "s3:GetAccelerateConfiguration", "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLocation", "s3:GetBucketLogging",
    "s3:GetBucketObjectLockConfiguration", "s3:GetBucketOwnershipControls", "s3:GetBucketPolicy",
    "s3:GetBucketPublicAccessBlock", "s3:GetBucketRequestPayment", "s3:GetBucketTagging", "s3:GetBucketVersioning",
    "s3:GetBucketWebsite", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration",
    "scheduler:GetSchedule", "scheduler:GetScheduleGroup", "scheduler:ListTagsForResource",
    "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sns:ListTagsForResource",
    "sqs:GetQueueAttributes", "sqs:ListQueueTags",
  ]
}

# What a pull request may do: compare the code with what is there. It takes no lock (`terraform plan -lock=false`).
resource "aws_iam_role" "plan" {
  name                 = "${var.name_prefix}-plan"
  description          = "Pull requests: terraform plan"
  assume_role_policy   = local.trust["plan"]
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "plan" {
  name = "plan"
  role = aws_iam_role.plan.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "ReadSettings"
        Effect    = "Allow"
        Action    = local.read_settings
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = [local.region, "us-east-1"] } }
      },
      {
        # What asking whether a bucket is there takes; keys hold no personal data.
        Sid      = "FindBuckets"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = [for environment in var.environments : "arn:aws:s3:::${var.name_prefix}-${environment}-*"]
      },
      {
        Sid      = "ReadStates"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = [for environment in var.environments : "${var.state_bucket_arn}/environments/${environment}/terraform.tfstate"]
      },
      {
        Sid       = "ListStates"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = var.state_bucket_arn
        Condition = { StringLike = { "s3:prefix" = ["environments/*"] } }
      },
      {
        Sid       = "DecryptStates"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.state_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      },
      {
        # The files that Terraform itself puts into Airflow's buckets; they hold no data.
        Sid      = "ReadAirflowsFiles"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectTagging"]
        Resource = flatten([for environment in var.environments : [for path in local.airflow_files : "arn:aws:s3:::${var.name_prefix}-${environment}-airflow-${local.account_id}/${path}"]])
      },
      {
        Sid      = "ReadReleaseManifests"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${module.artifacts.arn}/releases/*/release.json"
      },
    ]
  })
}

locals {
  airflow_files = ["environment.sh", "requirements.txt", "startup.sh", "dbt/*", "wheels/*"]
}
