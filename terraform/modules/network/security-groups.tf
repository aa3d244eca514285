resource "aws_security_group" "airflow" {
  name        = "${var.name_prefix}-airflow"
  description = "Airflow: to itself, the endpoints, S3 and the warehouse"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name_prefix}-airflow" }
}

# MWAA wants its parts to reach each other on all ports.
resource "aws_vpc_security_group_ingress_rule" "airflow_itself" {
  security_group_id            = aws_security_group.airflow.id
  description                  = "Airflow's parts among each other"
  referenced_security_group_id = aws_security_group.airflow.id
  ip_protocol                  = "-1"
}

resource "aws_vpc_security_group_egress_rule" "airflow_itself" {
  security_group_id            = aws_security_group.airflow.id
  description                  = "Airflow's parts among each other"
  referenced_security_group_id = aws_security_group.airflow.id
  ip_protocol                  = "-1"
}

resource "aws_vpc_security_group_egress_rule" "airflow_endpoints" {
  security_group_id            = aws_security_group.airflow.id
  description                  = "APIs of AWS through the interface endpoints"
  referenced_security_group_id = aws_security_group.endpoints.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "airflow_s3" {
  security_group_id = aws_security_group.airflow.id
  description       = "S3 through the gateway endpoint"
  prefix_list_id    = aws_vpc_endpoint.s3.prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "airflow_warehouse" {
  security_group_id            = aws_security_group.airflow.id
  description                  = "dbt to the warehouse"
  referenced_security_group_id = aws_security_group.warehouse.id
  ip_protocol                  = "tcp"
  from_port                    = 5439
  to_port                      = 5439
}

resource "aws_vpc_security_group_ingress_rule" "airflow_webserver" {
  for_each = var.client_cidr_blocks

  security_group_id = aws_security_group.airflow.id
  description       = "Airflow's web pages from ${each.key}"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_security_group" "warehouse" {
  name        = "${var.name_prefix}-warehouse"
  description = "The warehouse: from dbt and named client networks, to S3"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name_prefix}-warehouse" }
}

resource "aws_vpc_security_group_ingress_rule" "warehouse_airflow" {
  security_group_id            = aws_security_group.warehouse.id
  description                  = "dbt"
  referenced_security_group_id = aws_security_group.airflow.id
  ip_protocol                  = "tcp"
  from_port                    = 5439
  to_port                      = 5439
}

resource "aws_vpc_security_group_ingress_rule" "warehouse_clients" {
  for_each = var.client_cidr_blocks

  security_group_id = aws_security_group.warehouse.id
  description       = "SQL clients from ${each.key}"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 5439
  to_port           = 5439
}

resource "aws_vpc_security_group_egress_rule" "warehouse_s3" {
  security_group_id = aws_security_group.warehouse.id
  description       = "COPY through the gateway endpoint"
  prefix_list_id    = aws_vpc_endpoint.s3.prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_security_group" "endpoints" {
  name        = "${var.name_prefix}-endpoints"
  description = "Interface endpoints: from Airflow"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name_prefix}-endpoints" }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints_airflow" {
  security_group_id            = aws_security_group.endpoints.id
  description                  = "APIs of AWS"
  referenced_security_group_id = aws_security_group.airflow.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}
