# Names, types and unused declarations; the AWS ruleset adds enums where it is installed (the test enables it then).
config {
  call_module_type = "local"
}

plugin "terraform" {
  enabled = true
  preset  = "recommended"
}
