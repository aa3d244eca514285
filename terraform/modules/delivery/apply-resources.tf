locals {
  # What applying an environment changes, by service. Actions are named one by one: none reads the lake's objects, the
  # parameters' values or the warehouse's data.
  apply_named = {
    Buckets = {
      actions = [
        "s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:ListBucket", "s3:PutBucketLogging", "s3:PutBucketOwnershipControls",
        "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
      ]
      resources = ["arn:aws:s3:::PREFIX-*"]
    }
    AirflowsFiles = {
      actions   = ["s3:DeleteObject", "s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:ListBucket", "s3:PutObject", "s3:PutObjectTagging"]
      resources = ["arn:aws:s3:::PREFIX-airflow-ACCOUNT", "arn:aws:s3:::PREFIX-airflow-ACCOUNT/*"]
    }
    Functions = {
      actions = [
        "lambda:CreateFunction", "lambda:DeleteFunction", "lambda:DeleteFunctionConcurrency", "lambda:DeleteFunctionEventInvokeConfig",
        "lambda:InvokeFunction", "lambda:PutFunctionConcurrency", "lambda:PutFunctionEventInvokeConfig", "lambda:TagResource",
        "lambda:UntagResource", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration", "lambda:UpdateFunctionEventInvokeConfig",
      ]
      resources = ["arn:aws:lambda:REGION:ACCOUNT:function:PREFIX-*"]
    }
    Layers = {
      actions   = ["lambda:DeleteLayerVersion", "lambda:GetLayerVersion", "lambda:PublishLayerVersion"]
      resources = ["arn:aws:lambda:REGION:ACCOUNT:layer:PREFIX-*"]
    }
    Logs = {
      actions = [
        "logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy", "logs:PutRetentionPolicy",
        "logs:TagResource", "logs:UntagResource",
      ]
      resources = [
        "arn:aws:logs:REGION:ACCOUNT:log-group:/aws/lambda/PREFIX-*",
        "arn:aws:logs:REGION:ACCOUNT:log-group:/PREFIX/*",
        "arn:aws:logs:REGION:ACCOUNT:log-group:airflow-PREFIX-*",
      ]
    }
    Queues = {
      actions   = ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"]
      resources = ["arn:aws:sqs:REGION:ACCOUNT:PREFIX-*"]
    }
    Topics = {
      actions   = ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource", "sns:Unsubscribe", "sns:UntagResource"]
      resources = ["arn:aws:sns:REGION:ACCOUNT:PREFIX-*"]
    }
    Alarms = {
      actions = [
        "cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource", "cloudwatch:UntagResource",
      ]
      resources = ["arn:aws:cloudwatch:REGION:ACCOUNT:alarm:PREFIX-*", "arn:aws:cloudwatch::ACCOUNT:dashboard/PREFIX"]
    }
    Schedules = {
      actions = [
        "scheduler:CreateSchedule", "scheduler:CreateScheduleGroup", "scheduler:DeleteSchedule", "scheduler:DeleteScheduleGroup",
        "scheduler:TagResource", "scheduler:UntagResource", "scheduler:UpdateSchedule",
      ]
      resources = ["arn:aws:scheduler:REGION:ACCOUNT:schedule/PREFIX/*", "arn:aws:scheduler:REGION:ACCOUNT:schedule-group/PREFIX"]
    }
    Airflow = {
      actions   = ["airflow:CreateEnvironment", "airflow:DeleteEnvironment", "airflow:TagResource", "airflow:UntagResource", "airflow:UpdateEnvironment"]
      resources = ["arn:aws:airflow:REGION:ACCOUNT:environment/PREFIX"]
    }
    # The pool that whatever writes the warehouse waits for (deploy/lib/pool.ts); `Op` is Airflow's role that may make one.
    AirflowsPool = {
      actions   = ["airflow:InvokeRestApi"]
      resources = ["arn:aws:airflow:REGION:ACCOUNT:role/PREFIX/Op"]
    }
    Budgets = {
      actions   = ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"]
      resources = ["arn:aws:budgets::ACCOUNT:budget/PREFIX-*"]
    }
    AdminsSecret = {
      actions   = ["secretsmanager:CreateSecret", "secretsmanager:DeleteSecret", "secretsmanager:DescribeSecret", "secretsmanager:RotateSecret", "secretsmanager:TagResource", "secretsmanager:UpdateSecret"]
      resources = ["arn:aws:secretsmanager:REGION:ACCOUNT:secret:redshift!PREFIX*"]
    }
    KeyAliases = {
      actions   = ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"]
      resources = ["arn:aws:kms:REGION:ACCOUNT:alias/PREFIX-*", "arn:aws:kms:REGION:ACCOUNT:key/*"]
    }
  }

  # Identifiers are given by AWS, so the name says nothing: the tag does, on creation and ever after.
  apply_tagged = [
    "ec2:CreateFlowLogs", "ec2:CreateRouteTable", "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateVpc", "ec2:CreateVpcEndpoint",
    "kms:CreateKey", "redshift-serverless:CreateNamespace", "redshift-serverless:CreateWorkgroup",
  ]
  change_tagged = [
    "ec2:AssociateRouteTable", "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress", "ec2:DeleteFlowLogs",
    "ec2:DeleteRouteTable", "ec2:DeleteSecurityGroup", "ec2:DeleteSubnet", "ec2:DeleteTags", "ec2:DeleteVpc", "ec2:DeleteVpcEndpoints",
    "ec2:DisassociateRouteTable", "ec2:ModifySecurityGroupRules", "ec2:ModifySubnetAttribute", "ec2:ModifyVpcAttribute",
    "ec2:ModifyVpcEndpoint", "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress",
    "kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:EnableKeyRotation", "kms:Encrypt", "kms:GenerateDataKey", "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription",
    "redshift-serverless:CreateUsageLimit", "redshift-serverless:DeleteNamespace", "redshift-serverless:DeleteUsageLimit",
    "redshift-serverless:DeleteWorkgroup", "redshift-serverless:TagResource", "redshift-serverless:UntagResource",
    "redshift-serverless:UpdateNamespace", "redshift-serverless:UpdateUsageLimit", "redshift-serverless:UpdateWorkgroup",
  ]
}

resource "aws_iam_role_policy" "apply_named" {
  for_each = var.environments

  name = "named-resources"
  role = aws_iam_role.apply[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for sid in sort(keys(local.apply_named)) : {
      Sid    = sid
      Effect = "Allow"
      Action = local.apply_named[sid].actions
      Resource = [for resource in local.apply_named[sid].resources :
        replace(replace(replace(resource, "PREFIX", "${var.name_prefix}-${each.key}"), "ACCOUNT", local.account_id), "REGION", local.region)
      ]
    }]
  })
}

resource "aws_iam_role_policy" "apply_tagged" {
  for_each = var.environments

  name = "tagged-resources"
  role = aws_iam_role.apply[each.key].id

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
        Sid       = "CreateTagged"
        Effect    = "Allow"
        Action    = local.apply_tagged
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestTag/Environment" = each.key, "aws:RequestedRegion" = local.region } }
      },
      {
        # A subnet, route table, group or endpoint is made in a VPC, which has to be the environment's own.
        Sid       = "CreateInOwnVpc"
        Effect    = "Allow"
        Action    = ["ec2:CreateRouteTable", "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateVpcEndpoint", "ec2:CreateFlowLogs"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:ResourceTag/Environment" = each.key, "aws:RequestedRegion" = local.region } }
      },
      {
        Sid       = "TagWhatIsCreated"
        Effect    = "Allow"
        Action    = "ec2:CreateTags"
        Resource  = "arn:aws:ec2:${local.region}:${local.account_id}:*/*"
        Condition = { StringEquals = { "aws:RequestTag/Environment" = each.key } }
      },
      {
        Sid       = "ChangeTagged"
        Effect    = "Allow"
        Action    = local.change_tagged
        Resource  = "*"
        Condition = { StringEquals = { "aws:ResourceTag/Environment" = each.key, "aws:RequestedRegion" = local.region } }
      },
    ]
  })
}
