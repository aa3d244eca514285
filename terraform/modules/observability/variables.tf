variable "name_prefix" {
  description = "What every name begins with, `coretelecoms-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name_prefix))
    error_message = "The prefix has 3 to 31 lower-case letters, digits and hyphens and begins with a letter."
  }
}

variable "environment" {
  description = "Value of the tag `Environment`, by which the budget counts."
  type        = string
}

variable "account_id" {
  description = "Account whose alarms and budgets may publish."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has twelve digits."
  }
}

variable "region" {
  description = "Region of the metrics."
  type        = string
}

variable "functions_file" {
  description = "Path of the generated functions.json: what to watch, whom a failure hurts, where the runbook is."
  type        = string

  validation {
    condition     = fileexists(var.functions_file)
    error_message = "There is no such file; `npm run fleet` writes terraform/generated/functions.json."
  }
}

variable "runbook_base_url" {
  description = "What stands before a runbook's path in an alarm, with a slash at the end."
  type        = string

  validation {
    condition     = can(regex("^https://.+/$", var.runbook_base_url))
    error_message = "An https address that ends with a slash."
  }
}

variable "alert_emails" {
  description = "Addresses that get every alert."
  type        = set(string)

  validation {
    condition     = length(var.alert_emails) > 0 && alltrue([for address in var.alert_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", address))])
    error_message = "At least one e-mail address: an alarm that nobody gets is none."
  }
}

variable "workgroup" {
  description = "Name of the Redshift Serverless workgroup."
  type        = string
}

variable "daily_rpu_hours" {
  description = "RPU hours a day that raise an alarm."
  type        = number

  validation {
    condition     = var.daily_rpu_hours >= 1
    error_message = "At least one RPU hour a day."
  }
}

variable "airflow_environment" {
  description = "Name of the MWAA environment."
  type        = string
}

variable "monthly_budget_usd" {
  description = "US dollars a month; a mail comes at 80 % spent and when the forecast passes it."
  type        = number

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "A budget is more than nothing."
  }
}
