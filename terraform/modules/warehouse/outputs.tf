output "workgroup" {
  description = "Name of the workgroup."
  value       = aws_redshiftserverless_workgroup.this.workgroup_name
}

output "workgroup_arn" {
  description = "ARN of the workgroup."
  value       = aws_redshiftserverless_workgroup.this.arn
}

output "host" {
  description = "Private address that dbt and SQL clients connect to, port 5439."
  value       = aws_redshiftserverless_workgroup.this.endpoint[0].address
}

output "database" {
  description = "Name of the database."
  value       = aws_redshiftserverless_namespace.this.db_name
}

output "admin_secret_arn" {
  description = "Secret that holds the admin's password; only migrate-warehouse reads it."
  value       = aws_redshiftserverless_namespace.this.admin_password_secret_arn
}

output "key_arn" {
  description = "KMS key of the warehouse and of that secret."
  value       = aws_kms_key.warehouse.arn
}

output "copy_role_arn" {
  description = "Role that COPY reads the lake with."
  value       = aws_iam_role.copy.arn
}

output "reader_role_arns" {
  description = "IAM role of each kind of reader."
  value       = { for name, role in aws_iam_role.reader : name => role.arn }
}
