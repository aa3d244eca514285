output "vpc_id" {
  description = "The VPC that warehouse and Airflow are in."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "Subnets in three zones, in the order of `zones`."
  value       = [for zone in var.zones : aws_subnet.private[zone].id]
}

output "airflow_security_group_id" {
  description = "Security group of Airflow."
  value       = aws_security_group.airflow.id
}

output "warehouse_security_group_id" {
  description = "Security group of the warehouse."
  value       = aws_security_group.warehouse.id
}
