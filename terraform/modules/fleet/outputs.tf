output "function_names" {
  description = "Name in AWS of each function, by its name in the repository."
  value       = { for name, function in aws_lambda_function.this : name => function.function_name }
}

output "function_arns" {
  description = "ARN of each function, by its name in the repository."
  value       = { for name, function in aws_lambda_function.this : name => function.arn }
}

output "dead_letter_queue_names" {
  description = "Queue of failed asynchronous invocations of each function."
  value       = { for name, queue in aws_sqs_queue.dead_letter : name => queue.name }
}

output "parameter_key_arn" {
  description = "KMS key with which an operator encrypts the SecureString parameters."
  value       = aws_kms_key.parameters.arn
}

output "parameter_key_alias" {
  description = "Alias of that key, for `aws ssm put-parameter --key-id`."
  value       = aws_kms_alias.parameters.name
}
