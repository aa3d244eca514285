variable "region" {
  description = "Region of everything."
  type        = string
  default     = "eu-north-1"

  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "A region is named like eu-north-1."
  }
}

variable "owner" {
  description = "Team that answers for the platform; a tag on everything."
  type        = string

  validation {
    condition     = length(var.owner) >= 2
    error_message = "Name the team."
  }
}

variable "github_repository" {
  description = "Repository whose workflows deploy, `owner/name`."
  type        = string
}

variable "environments" {
  description = "Environments that are deployed in this account: dev and prod, or one of them if they have accounts of their own."
  type        = set(string)
  default     = ["dev", "prod"]
}

variable "source_buckets" {
  description = "Buckets of the company that functions may read."
  type        = set(string)
  default     = ["core-telecoms-data-lake"]
}
