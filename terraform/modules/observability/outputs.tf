output "topic_arn" {
  description = "Topic of all alerts."
  value       = aws_sns_topic.alerts.arn
}

output "operations_key_arn" {
  description = "KMS key of logs, alerts, environments of functions and schedules."
  value       = aws_kms_key.operations.arn
}

output "dashboard" {
  description = "Name of the CloudWatch dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
