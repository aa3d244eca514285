variable "name_prefix" {
  description = "What every name begins with, `coretelecoms-<environment>`; a function is named `<prefix>-<function>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name_prefix))
    error_message = "The prefix has 3 to 31 lower-case letters, digits and hyphens and begins with a letter."
  }
}

variable "functions_file" {
  description = "Path of the generated functions.json: every function with its settings, policy, triggers and alarm."
  type        = string

  validation {
    condition     = fileexists(var.functions_file)
    error_message = "There is no such file; `npm run fleet` writes terraform/generated/functions.json."
  }
}

variable "references" {
  description = "What the `$${references}` in functions.json stand for, apart from the parameters' key, which is made here."
  type = object({
    account_id                 = string
    copy_role_arn              = string
    database_parameter_path    = string
    database_ssl_mode          = string
    google_parameter_path      = string
    key_material_parameter     = string
    lake_bucket                = string
    lake_key_arn               = string
    region                     = string
    source_bucket              = string
    source_region              = string
    suppression_key_parameter  = string
    warehouse_admin_secret_arn = string
    warehouse_database         = string
    warehouse_workgroup        = string
    warehouse_workgroup_arn    = string
  })

  validation {
    condition     = contains(["require", "verify-full"], var.references.database_ssl_mode)
    error_message = "database_ssl_mode is `require` or `verify-full`; a plain connection carries customers' data in clear."
  }

  validation {
    condition = alltrue([for path in [
      var.references.database_parameter_path, var.references.google_parameter_path,
      var.references.key_material_parameter, var.references.suppression_key_parameter,
    ] : can(regex("^(/[A-Za-z0-9_.-]+)+$", path))])
    error_message = "Parameter paths begin with a slash and end without one."
  }
}

variable "artifact_bucket" {
  description = "Bucket that CD uploads bundles and layers to, under `releases/<release>/`."
  type        = string
}

variable "release" {
  description = "Commit whose bundles are deployed; an earlier one rolls back."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{40}$", var.release))
    error_message = "A release is the full SHA of a commit, 40 hexadecimal digits."
  }
}

variable "release_manifest" {
  description = "Path of that release's release.json (from `npm run build`): file and hash of each bundle and layer."
  type        = string

  validation {
    condition     = fileexists(var.release_manifest)
    error_message = "There is no such file; `npm run build` writes dist/release.json, CD keeps it beside the bundles."
  }
}

variable "operations_key_arn" {
  description = "KMS key of log groups, environments and schedules."
  type        = string
}

variable "log_retention_days" {
  description = "Days for which the functions' logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([30, 60, 90, 120, 150, 180, 365, 400], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 30, 60, 90, 120, 150, 180, 365 or 400 days."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds what any role of the environment can ever be allowed."
  type        = string
}
