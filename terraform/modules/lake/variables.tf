variable "name_prefix" {
  description = "What every name begins with, `coretelecoms-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name_prefix))
    error_message = "The prefix has 3 to 31 lower-case letters, digits and hyphens and begins with a letter."
  }
}

variable "noncurrent_version_days" {
  description = "Days for which a pointer or load that was replaced or deleted can be restored; erasing a person is complete after as many."
  type        = number
  default     = 30

  validation {
    condition     = var.noncurrent_version_days >= 7 && var.noncurrent_version_days <= 90
    error_message = "Keep replaced versions for 7 to 90 days."
  }
}

variable "failed_load_days" {
  description = "Days for which the evidence of a failed load is kept under `failed/`."
  type        = number
  default     = 30

  validation {
    condition     = var.failed_load_days >= 7 && var.failed_load_days <= 365
    error_message = "Keep evidence of failed loads for 7 to 365 days."
  }
}

variable "access_log_days" {
  description = "Days for which it can be said who read which object."
  type        = number
  default     = 400

  validation {
    condition     = var.access_log_days >= 90
    error_message = "Keep access logs for at least 90 days: an incident is often found late."
  }
}
