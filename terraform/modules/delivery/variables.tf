variable "name_prefix" {
  description = "What every name begins with."
  type        = string
  default     = "coretelecoms"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{2,20}$", var.name_prefix))
    error_message = "The prefix has 3 to 21 lower-case letters and digits and begins with a letter."
  }
}

variable "github_repository" {
  description = "Repository whose workflows deploy, `owner/name`."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", var.github_repository))
    error_message = "Give the repository as owner/name, without a wildcard."
  }
}

variable "environments" {
  description = "Environments that are deployed in this account; a GitHub environment of the same name gates each."
  type        = set(string)

  validation {
    condition     = length(var.environments) > 0 && alltrue([for environment in var.environments : can(regex("^[a-z]{2,10}$", environment))])
    error_message = "At least one environment, each of 2 to 10 lower-case letters."
  }
}

variable "source_buckets" {
  description = "Buckets of the company that functions may read."
  type        = set(string)
  default     = ["core-telecoms-data-lake"]
}

variable "state_bucket_arn" {
  description = "Bucket of Terraform's states."
  type        = string
}

variable "state_key_arn" {
  description = "KMS key of that bucket."
  type        = string
}

variable "access_log_bucket" {
  description = "Bucket that access logs of the artefacts go to."
  type        = string
}

variable "release_days" {
  description = "Days for which a release can be deployed or rolled back to."
  type        = number
  default     = 365

  validation {
    condition     = var.release_days >= 90
    error_message = "Keep releases for 90 days at least: an environment that is not deployed for long still needs its own."
  }
}

variable "image_count" {
  description = "Images that the registry keeps."
  type        = number
  default     = 50

  validation {
    condition     = var.image_count >= 5
    error_message = "Keep five images at least."
  }
}
