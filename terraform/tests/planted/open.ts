import { block, END, mistake, type Mistake } from './mistake.ts';

const BUCKET = 'modules/bucket/main.tf';
const WAREHOUSE = 'modules/warehouse/main.tf';
const FLEET = 'modules/fleet/main.tf';
const GROUPS = 'modules/network/security-groups.tf';
const PROD = 'environments/prod/main.tf';

/** Open to the public or to each other. */
export const open: readonly Mistake[] = [
  mistake(
    'a bucket that may have a public policy',
    BUCKET,
    'block_public_policy     = true',
    'block_public_policy     = false',
    /block_public_policy/,
  ),
  mistake(
    'a bucket without its public access block',
    BUCKET,
    /resource "aws_s3_bucket_public_access_block"[\s\S]*?^\}\n|depends_on = \[aws_s3_bucket_public_access_block\.this\]\n/gm,
    '',
    /block_public_acls is not true|Reference to undeclared/,
  ),
  mistake(
    'a public ACL',
    BUCKET,
    END,
    '\nresource "aws_s3_bucket_acl" "open" {\n  bucket = aws_s3_bucket.this.id\n  acl    = "public-read"\n}\n',
    /public-read/,
  ),
  mistake(
    'a bucket that anybody may read',
    BUCKET,
    'Effect    = "Deny"\n        Principal = "*"\n        Action    = "s3:*"',
    'Effect    = "Allow"\n        Principal = "*"\n        Action    = "s3:GetObject"',
    /anybody is let in/,
  ),
  mistake(
    'a bucket that takes plain HTTP',
    BUCKET,
    '"aws:SecureTransport" = "false"',
    '"aws:SecureTransport" = "true"',
    /plain HTTP/,
  ),
  mistake(
    'a queue that takes plain HTTP',
    FLEET,
    block('resource "aws_sqs_queue_policy" "dead_letter"'),
    '',
    /plain HTTP/,
  ),
  mistake(
    'a public warehouse',
    WAREHOUSE,
    'publicly_accessible  = false',
    'publicly_accessible  = true',
    /publicly_accessible is true/,
  ),
  mistake(
    'a warehouse that takes connections without TLS',
    WAREHOUSE,
    'parameter_key   = "require_ssl"\n    parameter_value = "true"',
    'parameter_key   = "require_ssl"\n    parameter_value = "false"',
    /without TLS/,
  ),
  mistake(
    'a warehouse that everybody may connect to',
    GROUPS,
    /cidr_ipv4 {9}= each\.value\n(?=[\s\S]{0,80}5439)/,
    'cidr_ipv4         = "0.0.0.0/0"\n',
    /0\.0\.0\.0\/0/,
  ),
  mistake(
    'a firewall rule for the world',
    GROUPS,
    END,
    '\nresource "aws_vpc_security_group_ingress_rule" "debug" {\n  security_group_id = aws_security_group.warehouse.id\n  cidr_ipv6         = "::/0"\n  ip_protocol       = "-1"\n}\n',
    /::\/0/,
  ),
  mistake(
    'an open default security group',
    'modules/network/main.tf',
    block('resource "aws_default_security_group" "closed"'),
    '',
    /default group/,
  ),
  mistake(
    'subnets with public addresses',
    'modules/network/main.tf',
    'map_public_ip_on_launch = false',
    'map_public_ip_on_launch = true',
    /map_public_ip_on_launch/,
  ),
  mistake(
    'a way to the internet',
    'modules/network/main.tf',
    END,
    '\nresource "aws_internet_gateway" "out" {\n  vpc_id = aws_vpc.this.id\n}\n',
    /internet_gateway/,
  ),
  mistake(
    "Airflow's pages in the internet",
    PROD,
    'airflow_class       =',
    'airflow_webserver_access_mode = "PUBLIC_ONLY"\n  airflow_class       =',
    /PUBLIC_ONLY|internet/,
  ),
  mistake(
    'a function with an address of its own',
    FLEET,
    END,
    '\nresource "aws_lambda_function_url" "open" {\n  for_each           = local.functions\n  function_name      = each.key\n  authorization_type = "NONE"\n}\n',
    /function_url/,
  ),
  mistake(
    'a database of a type not used so far, public and in clear',
    'modules/lake/main.tf',
    END,
    '\nresource "aws_db_instance" "copy" {\n  instance_class      = "db.t4g.micro"\n  publicly_accessible = true\n}\n',
    /publicly_accessible is true/,
  ),
  mistake(
    'a security group in the default network',
    GROUPS,
    /^ {2}vpc_id {6}= aws_vpc\.this\.id\n/m,
    '',
    /vpc_id is not set/,
  ),
  mistake(
    'a firewall rule for nobody in particular',
    GROUPS,
    /^ {2}referenced_security_group_id = aws_security_group\.warehouse\.id\n/m,
    '',
    /exactly one other side/,
  ),
];
