variable "name_prefix" {
  description = "Name of namespace and workgroup, and what every other name begins with: `coretelecoms-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name_prefix))
    error_message = "The prefix has 3 to 31 lower-case letters, digits and hyphens and begins with a letter."
  }
}

variable "account_id" {
  description = "Account that the warehouse is in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has twelve digits."
  }
}

variable "region" {
  description = "Region that the warehouse and the lake are in."
  type        = string
}

variable "database" {
  description = "Name of the database."
  type        = string
  default     = "coretelecoms"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database))
    error_message = "A database has up to 63 lower-case letters, digits and underscores and begins with a letter."
  }
}

variable "base_capacity" {
  description = "RPUs that a query gets at once; 1 RPU is 16 GB of memory."
  type        = number
  default     = 8

  validation {
    condition     = var.base_capacity == 4 || (var.base_capacity % 8 == 0 && var.base_capacity >= 8 && var.base_capacity <= 512)
    error_message = "Base capacity is 4 or a multiple of 8 up to 512."
  }
}

variable "max_capacity" {
  description = "RPUs that Redshift may scale out to."
  type        = number
  default     = 16

  validation {
    condition     = var.max_capacity % 8 == 0 && var.max_capacity >= 8 && var.max_capacity <= 512
    error_message = "Maximum capacity is a multiple of 8 up to 512."
  }
}

variable "daily_rpu_hours" {
  description = "RPU hours a day after which a metric (and so an alarm) is raised."
  type        = number
  default     = 16

  validation {
    condition     = var.daily_rpu_hours >= 1
    error_message = "At least one RPU hour a day."
  }
}

variable "monthly_rpu_hours" {
  description = "RPU hours a month after which the warehouse refuses queries until the month ends or the limit is raised."
  type        = number
  default     = 400

  validation {
    condition     = var.monthly_rpu_hours >= 1
    error_message = "At least one RPU hour a month."
  }
}

variable "max_query_seconds" {
  description = "Seconds after which a query is ended."
  type        = number
  default     = 3600

  validation {
    condition     = var.max_query_seconds >= 300 && var.max_query_seconds <= 86399
    error_message = "Between 300 (a load may take so long) and 86399 seconds."
  }
}

variable "subnet_ids" {
  description = "Private subnets in three zones."
  type        = list(string)
}

variable "security_group_id" {
  description = "Security group that says who reaches the warehouse."
  type        = string
}

variable "lake_bucket_arn" {
  description = "Bucket that COPY reads."
  type        = string
}

variable "lake_key_arn" {
  description = "KMS key of the lake's objects."
  type        = string
}

variable "reader_principals" {
  description = "Who may take each reader's role: patterns of IAM ARNs, for example of an Identity Center permission set."
  type = object({
    analyst    = list(string)
    operations = list(string)
    leadership = list(string)
    pii-reader = list(string)
    ml         = list(string)
  })

  validation {
    condition     = alltrue([for patterns in values(var.reader_principals) : length(patterns) > 0])
    error_message = "Every reader's role needs at least one principal; an empty condition would let nobody or everybody in."
  }

  validation {
    condition     = alltrue(flatten([for patterns in values(var.reader_principals) : [for pattern in patterns : can(regex("^arn:aws:iam::[0-9]{12}:(role|user)/[A-Za-z0-9_+=,.@/-]+[A-Za-z0-9_+=,.@*/-]*$", pattern))]]))
    error_message = "A principal is the ARN of a role or user with a name; a wildcard may only end it."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds what any role of the environment can ever be allowed."
  type        = string
}
