locals {
  # Every ${reference} that functions.json may hold; a test compares this list with the one in that file.
  references = {
    account_id                 = var.references.account_id
    copy_role_arn              = var.references.copy_role_arn
    database_parameter_path    = var.references.database_parameter_path
    database_ssl_mode          = var.references.database_ssl_mode
    google_parameter_path      = var.references.google_parameter_path
    key_material_parameter     = var.references.key_material_parameter
    lake_bucket                = var.references.lake_bucket
    lake_key_arn               = var.references.lake_key_arn
    parameter_key_arn          = aws_kms_key.parameters.arn
    region                     = var.references.region
    source_bucket              = var.references.source_bucket
    source_region              = var.references.source_region
    suppression_key_parameter  = var.references.suppression_key_parameter
    warehouse_admin_secret_arn = var.references.warehouse_admin_secret_arn
    warehouse_database         = var.references.warehouse_database
    warehouse_workgroup        = var.references.warehouse_workgroup
    warehouse_workgroup_arn    = var.references.warehouse_workgroup_arn
  }
}

# Encrypts the SecureString parameters. Their values are put by an operator (README): a value that Terraform never has
# is in no plan and no state.
resource "aws_kms_key" "parameters" {
  description             = "${var.name_prefix}: SecureString parameters"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AccountDelegatesToIam"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.references.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_alias" "parameters" {
  name          = "alias/${var.name_prefix}-parameters"
  target_key_id = aws_kms_key.parameters.key_id
}
