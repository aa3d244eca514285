mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111111111111" }
  }

  mock_data "aws_region" {
    defaults = { region = "eu-north-1" }
  }

  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" }
  }
}

variables {
  github_repository = "example-org/example-repo"
  environments      = ["dev", "prod"]
  state_bucket_arn  = "arn:aws:s3:::state"
  state_key_arn     = "arn:aws:kms:eu-north-1:111111111111:key/state"
  access_log_bucket = "access-logs"
}

run "each_role_is_for_one_subject" {
  assert {
    condition = {
      for name, policy in {
        plan    = aws_iam_role.plan.assume_role_policy
        publish = aws_iam_role.publish.assume_role_policy
        prod    = aws_iam_role.apply["prod"].assume_role_policy
      } : name => jsondecode(policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"]
      } == {
      plan    = ["repo:example-org/example-repo:pull_request"]
      publish = ["repo:example-org/example-repo:ref:refs/heads/main"]
      prod    = ["repo:example-org/example-repo:environment:prod"]
    }
    error_message = "Somebody else may take a role."
  }

  assert {
    condition     = alltrue([for role in concat([aws_iam_role.plan, aws_iam_role.publish], values(aws_iam_role.apply)) : jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"])
    error_message = "A token for somebody else would do."
  }
}

run "a_pull_request_reads_settings_only" {
  assert {
    condition = alltrue(flatten([
      for statement in jsondecode(aws_iam_role_policy.plan.policy).Statement : [
        for action in flatten([statement.Action]) : can(regex(":(Get|List|Describe|View)|^kms:Decrypt$", action))
      ]
    ]))
    error_message = "A pull request may change something."
  }
}

run "roles_are_made_within_the_boundary" {
  assert {
    condition = alltrue([
      for environment in ["dev", "prod"] : anytrue([
        for statement in jsondecode(aws_iam_role_policy.apply_roles[environment].policy).Statement :
        contains(flatten([statement.Action]), "iam:CreateRole") && can(statement.Condition.StringEquals["iam:PermissionsBoundary"])
      ])
    ])
    error_message = "The deployment could give itself any right."
  }

  assert {
    condition     = !strcontains(join("", [for policy in [aws_iam_role_policy.apply_roles["dev"].policy, aws_iam_role_policy.apply_named["dev"].policy, aws_iam_role_policy.apply_tagged["dev"].policy] : policy]), "coretelecoms-prod")
    error_message = "The deployment of dev may touch prod."
  }
}

run "images_stay_what_they_are" {
  assert {
    condition     = aws_ecr_repository.image.image_tag_mutability == "IMMUTABLE" && aws_ecr_repository.image.image_scanning_configuration[0].scan_on_push
    error_message = "An image can be replaced, or is not scanned."
  }
}

run "any_repository_is_refused" {
  command = plan

  variables {
    github_repository = "example-org/*"
  }

  expect_failures = [var.github_repository]
}
