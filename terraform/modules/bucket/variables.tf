variable "name" {
  description = "Name of the bucket, unique over all of AWS."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket name has 3 to 63 lower-case letters, digits and hyphens."
  }
}

variable "kms_key_arn" {
  description = "KMS key that objects are encrypted with; null means SSE-S3, which only a target of access logs needs."
  type        = string
  default     = null
}

variable "access_logs" {
  description = "Bucket that server access logs go to, under the bucket's own name; null for that bucket itself. An object, so that it is known before the other bucket exists whether there is one."
  type        = object({ bucket = string })
  default     = null
}

variable "noncurrent_version_days" {
  description = "Days after which a version that was replaced or deleted is gone for good."
  type        = number
  default     = 30

  validation {
    condition     = var.noncurrent_version_days >= 7 && var.noncurrent_version_days <= 365
    error_message = "Replaced versions are kept for 7 to 365 days: long enough to undo a mistake, not for ever."
  }
}

variable "expire_days_by_prefix" {
  description = "Days after which objects under a prefix expire, by prefix."
  type        = map(number)
  default     = {}

  validation {
    condition     = alltrue([for prefix, days in var.expire_days_by_prefix : endswith(prefix, "/") && days >= 1])
    error_message = "A prefix ends with a slash, and its objects live for at least a day."
  }
}

variable "policy_statements" {
  description = "AWS services that may use the bucket, and for which paths (`/*` is every object, an empty path the bucket)."
  type = list(object({
    sid            = string
    service        = string
    actions        = list(string)
    paths          = list(string)
    source_account = string
  }))
  default = []

  validation {
    condition     = alltrue([for statement in var.policy_statements : endswith(statement.service, ".amazonaws.com")])
    error_message = "Only services of AWS are let in by a bucket's policy; everybody else by their own role."
  }
}
