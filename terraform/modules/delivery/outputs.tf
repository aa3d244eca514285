output "artifact_bucket" {
  description = "Bucket that CD uploads releases to."
  value       = module.artifacts.name
}

output "image_repository" {
  description = "Address of the image repository."
  value       = aws_ecr_repository.image.repository_url
}

output "plan_role_arn" {
  description = "Role of pull requests."
  value       = aws_iam_role.plan.arn
}

output "publish_role_arn" {
  description = "Role that uploads bundles and images, on main."
  value       = aws_iam_role.publish.arn
}

output "apply_role_arns" {
  description = "Role that deploys each environment, by environment."
  value       = { for environment, role in aws_iam_role.apply : environment => role.arn }
}

output "boundary_arns" {
  description = "Policy that bounds the roles of each environment, by environment."
  value       = { for environment, policy in aws_iam_policy.boundary : environment => policy.arn }
}
