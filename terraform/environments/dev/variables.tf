variable "owner" {
  description = "Team that answers for the platform; a tag on everything."
  type        = string

  validation {
    condition     = length(var.owner) >= 2
    error_message = "Name the team."
  }
}

variable "github_repository" {
  description = "Repository that alarms link runbooks in, `owner/name`."
  type        = string
}

variable "artifact_bucket" {
  description = "Bucket of releases (output `artifact_bucket` of bootstrap)."
  type        = string
}

variable "release" {
  description = "Commit that is deployed; an earlier one rolls back."
  type        = string
}

variable "release_manifest" {
  description = "Path of the release's release.json."
  type        = string
  default     = "../../../dist/release.json"
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

variable "alert_emails" {
  description = "Addresses that get every alert."
  type        = set(string)
}
