variable "name_prefix" {
  description = "Name of the MWAA environment and what every other name begins with: `coretelecoms-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name_prefix))
    error_message = "The prefix has 3 to 31 lower-case letters, digits and hyphens and begins with a letter."
  }
}

variable "environment" {
  description = "Name that alerts and logs carry, for example `prod`."
  type        = string
}

variable "account_id" {
  description = "Account that Airflow runs in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has twelve digits."
  }
}

variable "region" {
  description = "Region that Airflow runs in."
  type        = string
}

variable "environment_class" {
  description = "Size of scheduler, web server and workers. All tasks wait for functions or for the warehouse, so small is enough."
  type        = string
  default     = "mw1.small"

  validation {
    condition     = contains(["mw1.micro", "mw1.small", "mw1.medium", "mw1.large"], var.environment_class)
    error_message = "mw1.micro, mw1.small, mw1.medium or mw1.large."
  }
}

variable "max_workers" {
  description = "Workers at most; beyond the first they come when tasks queue and cost by the hour."
  type        = number
  default     = 2

  validation {
    condition     = var.max_workers >= 1 && var.max_workers <= 5
    error_message = "1 to 5 workers."
  }

  validation {
    condition     = var.environment_class != "mw1.micro" || var.max_workers == 1
    error_message = "mw1.micro has exactly one worker."
  }
}

variable "webserver_access_mode" {
  description = "PRIVATE_ONLY: Airflow's pages only from the VPC and the networks connected to it; PUBLIC_ONLY: from anywhere, with an IAM sign-in."
  type        = string
  default     = "PRIVATE_ONLY"

  validation {
    condition     = contains(["PRIVATE_ONLY", "PUBLIC_ONLY"], var.webserver_access_mode)
    error_message = "PRIVATE_ONLY or PUBLIC_ONLY."
  }
}

variable "subnet_ids" {
  description = "Private subnets in different zones; the first two are used."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "MWAA wants two subnets in two zones."
  }
}

variable "security_group_id" {
  description = "Security group of Airflow."
  type        = string
}

variable "access_log_bucket" {
  description = "Bucket that the access logs of Airflow's bucket go to."
  type        = string
}

variable "artifact_bucket" {
  description = "Bucket that CD uploads releases to, under `releases/<release>/`."
  type        = string
}

variable "release" {
  description = "Commit whose requirements, start-up script, dbt project and wheels are deployed."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{40}$", var.release))
    error_message = "A release is the full SHA of a commit, 40 hexadecimal digits."
  }
}

variable "function_arns" {
  description = "Functions that tasks may invoke, by name."
  type        = map(string)
}

variable "alert_topic_arn" {
  description = "Topic that failed tasks publish to."
  type        = string
}

variable "operations_key_arn" {
  description = "KMS key of that topic."
  type        = string
}

variable "lake_bucket" {
  description = "Name of the lake's bucket."
  type        = string
}

variable "warehouse_workgroup" {
  description = "Name of the Redshift Serverless workgroup."
  type        = string
}

variable "warehouse_workgroup_arn" {
  description = "ARN of that workgroup."
  type        = string
}

variable "warehouse_database" {
  description = "Database in the workgroup."
  type        = string
}

variable "warehouse_host" {
  description = "Private address that dbt connects to."
  type        = string
}

variable "runbook_base_url" {
  description = "What stands before a runbook's path in an alert, with a slash at the end."
  type        = string
}

variable "extra_environment" {
  description = "More settings of the DAGs (dags/README.md), by name. No secrets."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name, value in var.extra_environment : can(regex("^[A-Z][A-Z0-9_]*$", name)) && !strcontains(value, "'") && !strcontains(value, "\n")])
    error_message = "Names are upper case; values hold no single quote and no line break."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds what any role of the environment can ever be allowed."
  type        = string
}
