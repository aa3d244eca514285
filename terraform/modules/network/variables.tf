variable "name_prefix" {
  description = "What every name begins with, `coretelecoms-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name_prefix))
    error_message = "The prefix has 3 to 31 lower-case letters, digits and hyphens and begins with a letter."
  }
}

variable "account_id" {
  description = "Account whose identities may use the endpoints."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has twelve digits."
  }
}

variable "cidr_block" {
  description = "Address range of the VPC; each of three subnets gets an eighth of it."
  type        = string
  default     = "10.40.0.0/21"

  validation {
    condition     = can(cidrhost(var.cidr_block, 0)) && can(regex("/(1[6-9]|2[01])$", var.cidr_block))
    error_message = "Give an IPv4 range between /16 and /21: Redshift Serverless takes up to 96 addresses a subnet at 8 RPU."
  }
}

variable "zones" {
  description = "Three zones with a subnet each: Redshift Serverless wants three, MWAA takes the first two. Named, so that a new zone moves nothing."
  type        = list(string)
  default     = ["eu-north-1a", "eu-north-1b", "eu-north-1c"]

  validation {
    condition     = length(distinct(var.zones)) == 3
    error_message = "Name three different zones."
  }
}

variable "endpoint_zones" {
  description = "Zones in which each interface endpoint has an address: 2 survive the loss of a zone, 1 costs half."
  type        = number
  default     = 2

  validation {
    condition     = contains([1, 2, 3], var.endpoint_zones)
    error_message = "Endpoints stand in 1, 2 or 3 zones."
  }
}

variable "interface_services" {
  description = "Services reached through interface endpoints: what MWAA needs without a route to the internet, and what the DAGs and dbt call."
  type        = set(string)
  default     = ["sqs", "logs", "monitoring", "kms", "lambda", "sns", "redshift-data", "redshift-serverless"]

  validation {
    condition     = length(setsubtract(["sqs", "logs", "monitoring", "kms"], var.interface_services)) == 0
    error_message = "MWAA does not start without sqs, logs, monitoring and kms."
  }
}

variable "client_cidr_blocks" {
  description = "Private networks (VPN, peering) whose people use Airflow's pages and SQL clients, by name."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for block in values(var.client_cidr_blocks) : can(regex("^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.)", block)) && can(regex("/(1[6-9]|2[0-9]|3[0-2])$", block))])
    error_message = "Clients come from private ranges (RFC 1918) of /16 or smaller."
  }
}

variable "log_key_arn" {
  description = "KMS key that log groups are encrypted with."
  type        = string
}

variable "flow_log_days" {
  description = "Days for which flow logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([30, 60, 90, 120, 150, 180, 365, 400], var.flow_log_days)
    error_message = "CloudWatch keeps logs for 30, 60, 90, 120, 150, 180, 365 or 400 days."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds what any role of the environment can ever be allowed."
  type        = string
}
