locals {
  # IAM role of people → database role, which migrate-warehouse grants its rights to.
  database_roles = {
    analyst    = "analyst"
    operations = "operations"
    leadership = "leadership"
    pii-reader = "pii_reader"
    ml         = "ml"
  }
}

# One IAM role a kind of reader. Redshift Serverless creates whoever signs in with it and gives the database roles of
# the tag `RedshiftDbRoles`; what these may read is granted by migrations.
resource "aws_iam_role" "reader" {
  for_each = local.database_roles

  name                 = "${var.name_prefix}-${each.key}"
  description          = "People who read the warehouse as ${each.value}"
  max_session_duration = each.key == "pii-reader" ? 3600 : 14400
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "NamedPeople"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
      Action    = "sts:AssumeRole"
      Condition = {
        ArnLike = { "aws:PrincipalArn" = var.reader_principals[each.key] }
      }
    }]
  })

  tags = { RedshiftDbRoles = each.value }
}

resource "aws_iam_role_policy" "reader" {
  for_each = local.database_roles

  name = "read-warehouse"
  role = aws_iam_role.reader[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "SignIn"
        Effect   = "Allow"
        Action   = ["redshift-serverless:GetCredentials", "redshift-serverless:GetWorkgroup"]
        Resource = aws_redshiftserverless_workgroup.this.arn
      },
      {
        Sid      = "RunStatements"
        Effect   = "Allow"
        Action   = "redshift-data:ExecuteStatement"
        Resource = aws_redshiftserverless_workgroup.this.arn
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
  })
}
