resource "aws_iam_role" "function" {
  for_each = local.functions

  name                 = "${var.name_prefix}-${each.key}"
  description          = "What the function ${each.key} may do"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Lambda"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  # Redshift Serverless gives whoever signs in with this role the database roles of the tag.
  tags = local.database_role_tags[each.key]
}

# As declared in functions/<name>/function.ts.
resource "aws_iam_role_policy" "declared" {
  for_each = local.functions

  name   = "declared"
  role   = aws_iam_role.function[each.key].id
  policy = templatestring(local.policy_templates[each.key], local.references)
}

# What every function has: its own log group and its own queue of dead letters.
resource "aws_iam_role_policy" "platform" {
  for_each = local.functions

  name = "platform"
  role = aws_iam_role.function[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteOwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function[each.key].arn}:*"
      },
      {
        Sid      = "LeaveOwnDeadLetters"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.dead_letter[each.key].arn
      },
    ]
  })
}
