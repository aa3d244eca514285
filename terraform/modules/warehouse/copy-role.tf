# What COPY reads the lake with: committed data only, no quarantine, no listing of anything else.
resource "aws_iam_role" "copy" {
  name                 = "${var.name_prefix}-copy"
  description          = "Redshift reads committed loads from the lake"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Redshift"
      Effect    = "Allow"
      Principal = { Service = ["redshift-serverless.amazonaws.com", "redshift.amazonaws.com"] }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "copy" {
  name = "read-lake"
  role = aws_iam_role.copy.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadLoads"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${var.lake_bucket_arn}/raw/*"
      },
      {
        Sid       = "ListLoads"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = var.lake_bucket_arn
        Condition = { StringLike = { "s3:prefix" = ["raw/*"] } }
      },
      {
        Sid      = "LocateTheLake"
        Effect   = "Allow"
        Action   = "s3:GetBucketLocation"
        Resource = var.lake_bucket_arn
      },
      {
        Sid       = "DecryptLoads"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.lake_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } }
      },
    ]
  })
}
