output "state_bucket" {
  description = "Bucket of the states: `-backend-config=bucket=…` of each environment."
  value       = module.state.name
}

output "artifact_bucket" {
  description = "Bucket that CD uploads releases to: variable `artifact_bucket` of each environment."
  value       = module.delivery.artifact_bucket
}

output "image_repository" {
  description = "Address of the image repository."
  value       = module.delivery.image_repository
}

output "plan_role_arn" {
  description = "Role of pull requests."
  value       = module.delivery.plan_role_arn
}

output "publish_role_arn" {
  description = "Role that uploads bundles and images, on main."
  value       = module.delivery.publish_role_arn
}

output "apply_role_arns" {
  description = "Role that deploys each environment, by environment."
  value       = module.delivery.apply_role_arns
}
