variable "environment" {
  description = "Name of the environment; everything in it is named `coretelecoms-<environment>…` and tagged with it."
  type        = string

  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "An environment is dev or prod; a third one needs its deployment role in bootstrap first."
  }
}

variable "github_repository" {
  description = "Repository that alarms link runbooks in, `owner/name`."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", var.github_repository))
    error_message = "Give the repository as owner/name."
  }
}

variable "artifact_bucket" {
  description = "Bucket of releases (output `artifact_bucket` of bootstrap)."
  type        = string
}

variable "release" {
  description = "Commit that is deployed; an earlier one rolls back."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{40}$", var.release))
    error_message = "A release is the full SHA of a commit, 40 hexadecimal digits."
  }
}

variable "release_manifest" {
  description = "Path of the release's release.json (`npm run build` writes dist/release.json)."
  type        = string
}

variable "source_bucket" {
  description = "The company's bucket of exports."
  type        = string
  default     = "core-telecoms-data-lake"
}

variable "source_region" {
  description = "Region of that bucket and of the company's parameters."
  type        = string
  default     = "eu-north-1"
}

variable "database_parameter_path" {
  description = "Path of the SecureString parameters of the web-form database."
  type        = string
  default     = "/coretelecomms/database"
}

variable "database_ssl_mode" {
  description = "`require` or `verify-full`: how the web-form database is connected to."
  type        = string
  default     = "require"
}

variable "google_parameter_path" {
  description = "Path of the SecureString parameters of the agents sheet."
  type        = string
  default     = "/coretelecomms/google"
}

variable "lake_noncurrent_version_days" {
  description = "Days for which a replaced or deleted object of the lake can be restored."
  type        = number
  default     = 30
}

variable "cidr_block" {
  description = "Address range of the VPC, /16 to /21; not one that a connected network uses."
  type        = string
}

variable "endpoint_zones" {
  description = "Zones in which each interface endpoint has an address."
  type        = number
  default     = 2
}

variable "client_cidr_blocks" {
  description = "Private networks whose people reach Airflow's pages and the warehouse, by name."
  type        = map(string)
  default     = {}
}

variable "reader_principals" {
  description = "Who may take each reader's role: patterns of IAM ARNs."
  type = object({
    analyst    = list(string)
    operations = list(string)
    leadership = list(string)
    pii-reader = list(string)
    ml         = list(string)
  })
}

variable "warehouse_base_capacity" {
  description = "RPUs that a query gets at once."
  type        = number
  default     = 8
}

variable "warehouse_max_capacity" {
  description = "RPUs that the warehouse may scale out to."
  type        = number
  default     = 16
}

variable "warehouse_daily_rpu_hours" {
  description = "RPU hours a day that raise an alarm."
  type        = number
  default     = 16
}

variable "warehouse_monthly_rpu_hours" {
  description = "RPU hours a month after which the warehouse refuses queries."
  type        = number
  default     = 400
}

variable "airflow_class" {
  description = "Size of the MWAA environment."
  type        = string
  default     = "mw1.small"
}

variable "airflow_max_workers" {
  description = "Workers at most."
  type        = number
  default     = 2
}

variable "airflow_webserver_access_mode" {
  description = "PRIVATE_ONLY or PUBLIC_ONLY."
  type        = string
  default     = "PRIVATE_ONLY"
}

variable "alert_emails" {
  description = "Addresses that get every alert."
  type        = set(string)
}

variable "monthly_budget_usd" {
  description = "US dollars a month that raise a mail at 80 %, or when the forecast passes them."
  type        = number
}
