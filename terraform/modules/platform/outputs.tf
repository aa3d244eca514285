output "name_prefix" {
  description = "What every name begins with; functions are `<prefix>-<function>`."
  value       = local.name_prefix
}

output "lake_bucket" {
  description = "Bucket of the lake."
  value       = module.lake.bucket
}

output "airflow_bucket" {
  description = "Bucket that CD syncs the DAGs to, under `dags/`."
  value       = module.orchestration.bucket
}

output "airflow_environment" {
  description = "Name of the MWAA environment."
  value       = module.orchestration.environment_name
}

output "airflow_url" {
  description = "Address of Airflow's pages."
  value       = module.orchestration.webserver_url
}

output "alert_topic_arn" {
  description = "Topic of all alerts."
  value       = module.observability.topic_arn
}

output "function_names" {
  description = "Name in AWS of each function."
  value       = module.fleet.function_names
}

output "parameter_key_alias" {
  description = "KMS key for `aws ssm put-parameter --key-id`."
  value       = module.fleet.parameter_key_alias
}

output "reader_role_arns" {
  description = "IAM role of each kind of reader of the warehouse."
  value       = module.warehouse.reader_role_arns
}

output "warehouse_workgroup" {
  description = "Name of the Redshift Serverless workgroup."
  value       = module.warehouse.workgroup
}

output "warehouse_database" {
  description = "Database in the workgroup."
  value       = module.warehouse.database
}

output "warehouse_host" {
  description = "Private address of the warehouse, port 5439."
  value       = module.warehouse.host
}
