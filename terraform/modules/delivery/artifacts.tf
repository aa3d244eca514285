resource "aws_kms_key" "artifacts" {
  description             = "${var.name_prefix}: bundles, layers and images"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AccountDelegatesToIam"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${local.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_alias" "artifacts" {
  name          = "alias/${var.name_prefix}-artifacts"
  target_key_id = aws_kms_key.artifacts.key_id
}

# releases/<commit>/…: what an environment is deployed from, and rolled back to.
module "artifacts" {
  source = "../bucket"

  name                    = "${var.name_prefix}-artifacts-${local.account_id}"
  kms_key_arn             = aws_kms_key.artifacts.arn
  access_logs             = { bucket = var.access_log_bucket }
  noncurrent_version_days = 30
  expire_days_by_prefix   = { "releases/" = var.release_days }
}

resource "aws_ecr_repository" "image" {
  name                 = var.name_prefix
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.artifacts.arn
  }
}

resource "aws_ecr_lifecycle_policy" "image" {
  repository = aws_ecr_repository.image.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Untagged images go after a week"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 7 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "The last ${var.image_count} images stay"
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = var.image_count }
        action       = { type = "expire" }
      },
    ]
  })
}
