# Names, types and unused declarations. Enums and deprecated values of AWS are the provider's schema's and checkov's.
config {
  call_module_type = "local"
}

plugin "terraform" {
  enabled = true
  preset  = "recommended"
}
