mock_provider "aws" {}

variables {
  name        = "example-data"
  kms_key_arn = "arn:aws:kms:eu-north-1:111111111111:key/example"
}

run "closed_versioned_and_encrypted" {
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "The bucket is open to the public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "Versions are not kept."
  }

  assert {
    condition = (
      one(aws_s3_bucket_server_side_encryption_configuration.this.rule).bucket_key_enabled &&
      one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    )
    error_message = "Objects are not encrypted with the key."
  }

  assert {
    condition     = !aws_s3_bucket.this.force_destroy
    error_message = "A bucket that holds something can be destroyed."
  }

  assert {
    condition     = one(aws_s3_bucket_ownership_controls.this.rule).object_ownership == "BucketOwnerEnforced"
    error_message = "ACLs are not switched off."
  }
}

run "plain_http_is_refused_for_bucket_and_objects" {
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Effect == "Deny" && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false" && length(statement.Resource) == 2
    ])
    error_message = "Plain HTTP is not refused."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Effect == "Deny"])
    error_message = "Somebody is let in who was not named."
  }
}

run "services_are_let_in_for_this_account_only" {
  variables {
    policy_statements = [{
      sid            = "DeliverAccessLogs"
      service        = "logging.s3.amazonaws.com"
      actions        = ["s3:PutObject"]
      paths          = ["/*"]
      source_account = "111111111111"
    }]
  }

  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Effect == "Allow" && try(statement.Condition.StringEquals["aws:SourceAccount"], "") == "111111111111"
    ])
    error_message = "The service is not let in, or for any account."
  }
}

run "a_prefix_expires_and_the_rest_does_not" {
  variables {
    expire_days_by_prefix = { "failed/" = 30 }
  }

  assert {
    condition = [
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule : one(rule.filter).prefix if length(rule.expiration) > 0
    ] == ["failed/"]
    error_message = "Something else than failed/ expires."
  }
}

run "the_target_of_access_logs_has_sse_s3" {
  variables {
    kms_key_arn = null
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "S3 cannot deliver access logs to a bucket with a KMS key."
  }

  assert {
    condition     = length(aws_s3_bucket_logging.this) == 0
    error_message = "A bucket of logs logs itself."
  }
}

run "anybody_but_a_service_is_refused" {
  command = plan

  variables {
    policy_statements = [{ sid = "Open", service = "*", actions = ["s3:GetObject"], paths = ["/*"], source_account = "111111111111" }]
  }

  expect_failures = [var.policy_statements]
}
