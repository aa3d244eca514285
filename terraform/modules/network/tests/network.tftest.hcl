mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "eu-north-1" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-north-1:111111111111:log-group:flow" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/flow" }
  }
}

variables {
  name_prefix              = "coretelecoms-test"
  account_id               = "111111111111"
  log_key_arn              = "arn:aws:kms:eu-north-1:111111111111:key/operations"
  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/boundary"
}

run "three_private_subnets_in_three_zones" {
  assert {
    condition     = length(distinct([for subnet in aws_subnet.private : subnet.availability_zone])) == 3
    error_message = "Redshift Serverless wants three zones."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.private : !subnet.map_public_ip_on_launch])
    error_message = "A subnet gives public addresses."
  }

  assert {
    condition     = sort([for subnet in aws_subnet.private : subnet.cidr_block]) == tolist(["10.40.0.0/24", "10.40.1.0/24", "10.40.2.0/24"])
    error_message = "Subnets overlap or are too small."
  }
}

run "endpoints_are_private_and_for_own_identities" {
  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled])
    error_message = "An endpoint is not found by its service's name."
  }

  assert {
    condition = alltrue([
      for endpoint in concat([aws_vpc_endpoint.s3], values(aws_vpc_endpoint.interface)) :
      alltrue([for statement in jsondecode(endpoint.policy).Statement : statement.Condition.StringEquals["aws:PrincipalAccount"] == "111111111111"])
    ])
    error_message = "Identities of other accounts may use an endpoint."
  }

  assert {
    condition     = length(setsubtract(["sqs", "logs", "monitoring", "kms", "lambda", "sns", "redshift-data", "redshift-serverless"], keys(aws_vpc_endpoint.interface))) == 0
    error_message = "Airflow cannot reach a service that it needs."
  }
}

run "one_zone_of_endpoints_in_dev" {
  variables {
    endpoint_zones = 1
  }

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : length(endpoint.subnet_ids) == 1])
    error_message = "Endpoints stand in more than one zone."
  }
}

run "all_traffic_is_logged" {
  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow.kms_key_id == var.log_key_arn
    error_message = "Traffic is not logged, or in clear."
  }
}

run "clients_reach_the_warehouse_and_the_pages_only" {
  variables {
    client_cidr_blocks = { office = "10.20.0.0/24" }
  }

  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.warehouse_clients["office"].from_port == 5439 &&
      aws_vpc_security_group_ingress_rule.airflow_webserver["office"].from_port == 443
    )
    error_message = "Clients reach other ports."
  }
}

run "the_world_is_no_client" {
  command = plan

  variables {
    client_cidr_blocks = { everybody = "0.0.0.0/0" }
  }

  expect_failures = [var.client_cidr_blocks]
}

run "mwaa_does_not_start_without_its_endpoints" {
  command = plan

  variables {
    interface_services = ["lambda"]
  }

  expect_failures = [var.interface_services]
}
