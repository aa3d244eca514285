data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  region     = data.aws_region.current.region
  subject    = "repo:${var.github_repository}"
}

# GitHub proves with a signed token which repository, and which environment of it, a job runs for. The certificate of
# the address is one of those that AWS trusts by itself, so no thumbprint is kept here.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  # Who may take a role: jobs of this repository with exactly the given subject.
  trust = {
    for name, subjects in merge(
      { plan = ["${local.subject}:pull_request"], publish = ["${local.subject}:ref:refs/heads/main"] },
      { for environment in var.environments : "apply-${environment}" => ["${local.subject}:environment:${environment}"] },
      ) : name => jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Sid       = "GitHub"
          Effect    = "Allow"
          Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
          Action    = "sts:AssumeRoleWithWebIdentity"
          Condition = {
            StringEquals = {
              "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
              "token.actions.githubusercontent.com:sub" = subjects
            }
          }
        }]
    })
  }
}
