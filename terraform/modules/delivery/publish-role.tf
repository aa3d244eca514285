# Puts what a commit on main was built into; can read no data and change no environment.
resource "aws_iam_role" "publish" {
  name                 = "${var.name_prefix}-publish"
  description          = "CD on main: uploads bundles and images"
  assume_role_policy   = local.trust["publish"]
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "publish" {
  name = "publish"
  role = aws_iam_role.publish.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "UploadReleases"
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:GetObject"]
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
        Sid       = "EncryptReleases"
        Effect    = "Allow"
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = aws_kms_key.artifacts.arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      },
      {
        Sid      = "SignInToTheRegistry"
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Sid    = "PushImages"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
        ]
        Resource = aws_ecr_repository.image.arn
      },
    ]
  })
}
