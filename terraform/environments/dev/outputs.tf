output "platform" {
  description = "Names and addresses that CD and people need."
  value       = module.platform
}
