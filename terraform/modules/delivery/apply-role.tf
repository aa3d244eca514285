# One a GitHub environment: its protection rules (reviewers) are what "gated" means, and the token's subject names it.
resource "aws_iam_role" "apply" {
  for_each = var.environments

  name                 = "${var.name_prefix}-apply-${each.key}"
  description          = "CD for ${each.key}: terraform apply, files of Airflow, migrations, smoke run"
  assume_role_policy   = local.trust["apply-${each.key}"]
  max_session_duration = 7200
}

resource "aws_iam_role_policy" "apply_state" {
  for_each = var.environments

  name = "state-and-releases"
  role = aws_iam_role.apply[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "KeepState"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = "${var.state_bucket_arn}/environments/${each.key}/*"
      },
      {
        Sid      = "ReleaseTheLock"
        Effect   = "Allow"
        Action   = "s3:DeleteObject"
        Resource = "${var.state_bucket_arn}/environments/${each.key}/terraform.tfstate.tflock"
      },
      {
        Sid       = "ListState"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = var.state_bucket_arn
        Condition = { StringLike = { "s3:prefix" = ["environments/${each.key}/*"] } }
      },
      {
        Sid      = "ReadReleases"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTagging"]
        Resource = "${module.artifacts.arn}/releases/*"
      },
      {
        Sid       = "ListReleases"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = module.artifacts.arn
        Condition = { StringLike = { "s3:prefix" = ["releases/*"] } }
      },
      {
        Sid       = "UseTheirKeys"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [var.state_key_arn, aws_kms_key.artifacts.arn]
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      },
    ]
  })
}

# Roles: only those of the environment, only with the boundary, handed only to the services that use them.
resource "aws_iam_role_policy" "apply_roles" {
  for_each = var.environments

  name = "roles"
  role = aws_iam_role.apply[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ChangeRolesWithinTheBoundary"
        Effect   = "Allow"
        Action   = ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
        Resource = "arn:aws:iam::${local.account_id}:role/${var.name_prefix}-${each.key}-*"
        Condition = {
          StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary[each.key].arn }
        }
      },
      {
        Sid      = "KeepRoles"
        Effect   = "Allow"
        Action   = ["iam:DeleteRole", "iam:ListInstanceProfilesForRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"]
        Resource = "arn:aws:iam::${local.account_id}:role/${var.name_prefix}-${each.key}-*"
      },
      {
        Sid      = "HandRolesToServices"
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = "arn:aws:iam::${local.account_id}:role/${var.name_prefix}-${each.key}-*"
        Condition = {
          StringEquals = {
            "iam:PassedToService" = [
              "airflow.amazonaws.com", "lambda.amazonaws.com", "redshift-serverless.amazonaws.com",
              "redshift.amazonaws.com", "scheduler.amazonaws.com", "vpc-flow-logs.amazonaws.com",
            ]
          }
        }
      },
      {
        Sid       = "MakeServiceRoles"
        Effect    = "Allow"
        Action    = "iam:CreateServiceLinkedRole"
        Resource  = "arn:aws:iam::${local.account_id}:role/aws-service-role/*"
        Condition = { StringEquals = { "iam:AWSServiceName" = ["airflow.amazonaws.com", "redshift.amazonaws.com"] } }
      },
    ]
  })
}
