output "environment_name" {
  description = "Name of the MWAA environment."
  value       = aws_mwaa_environment.this.name
}

output "bucket" {
  description = "Bucket that CD syncs the DAGs to, under `dags/`."
  value       = module.bucket.name
}

output "webserver_url" {
  description = "Address of Airflow's pages."
  value       = aws_mwaa_environment.this.webserver_url
}

output "execution_role_arn" {
  description = "Role of Airflow, its tasks and dbt."
  value       = aws_iam_role.airflow.arn
}
