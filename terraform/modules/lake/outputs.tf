output "bucket" {
  description = "Name of the lake's bucket."
  value       = module.lake.name
}

output "bucket_arn" {
  description = "ARN of the lake's bucket."
  value       = module.lake.arn
}

output "key_arn" {
  description = "KMS key that the lake's objects are encrypted with."
  value       = aws_kms_key.lake.arn
}

output "access_log_bucket" {
  description = "Bucket that other buckets of the environment deliver their access logs to."
  value       = module.access_logs.name
}
