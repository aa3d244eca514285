import { END, mistake, type Mistake } from './mistake.ts';

const COPY = 'modules/warehouse/copy-role.tf';
const FLEET = 'modules/fleet/main.tf';
const ROLES = 'modules/fleet/roles.tf';
const DELIVERY = 'modules/delivery/main.tf';

/** Too many rights, or rights for the wrong ones. */
export const overprivileged: readonly Mistake[] = [
  mistake('any action on the lake', COPY, 'Action   = "s3:GetObject"', 'Action   = "s3:*"', /wildcard/),
  mistake('any action at all', ROLES, 'Action   = "sqs:SendMessage"', 'Action   = "*"', /wildcard/),
  mistake(
    'any resource',
    COPY,
    'Resource = "${var.lake_bucket_arn}/raw/*"',
    'Resource = "*"',
    /s3:GetObject on \*/,
  ),
  mistake(
    'every function of the account',
    'modules/orchestration/role.tf',
    'Resource = sort(values(var.function_arns))',
    'Resource = "arn:aws:lambda:${var.region}:${var.account_id}:function:*"',
    /lambda:InvokeFunction on/,
  ),
  mistake(
    'statements of others',
    'modules/warehouse/people.tf',
    /Condition = \{\s+StringEquals = \{ "redshift-data.*\}\s+\}/,
    '',
    /redshift-data:DescribeStatement on \*/,
  ),
  mistake(
    'whatever is not named',
    COPY,
    'Action   = "s3:GetBucketLocation"',
    'NotAction = "s3:DeleteBucket"',
    /NotAction/,
  ),
  mistake(
    'a role that any account may take',
    COPY,
    /Condition = \{ StringEquals = \{ "aws:SourceAccount" = var\.account_id \} \}/,
    '',
    /any account/,
  ),
  mistake(
    'a reader that the whole account may be',
    'modules/warehouse/people.tf',
    /Condition = \{\s+ArnLike = [^}]*\}\s+\}/,
    '',
    /whole account/,
  ),
  mistake(
    'a role without its boundary',
    ROLES,
    /^ {2}permissions_boundary = .*\n/m,
    '',
    /permissions boundary/,
  ),
  mistake(
    'administration',
    ROLES,
    END,
    '\nresource "aws_iam_role_policy_attachment" "all" {\n  for_each   = local.functions\n  role       = aws_iam_role.function[each.key].name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n',
    /managed by AWS/,
  ),
  mistake(
    'a user with a lasting key',
    'modules/lake/main.tf',
    END,
    '\nresource "aws_iam_access_key" "cd" {\n  user = "cd"\n}\n',
    /aws_iam_access_key/,
  ),
  mistake(
    'any branch may deploy',
    DELIVERY,
    '["${local.subject}:environment:${environment}"]',
    '["${local.subject}:*"]',
    /subject/,
  ),
  mistake(
    'a token for somebody else',
    DELIVERY,
    /^ +"token\.actions\.githubusercontent\.com:aud" = .*\n/m,
    '',
    /audience/,
  ),
  mistake(
    'a role passed to any service',
    'modules/delivery/apply-role.tf',
    /Condition = \{\s+StringEquals = \{\s+"iam:PassedToService"[\s\S]*?\]\s+\}\s+\}/,
    '',
    /passed to any service/,
  ),
  mistake(
    'roles made without the boundary',
    'modules/delivery/apply-role.tf',
    /Condition = \{\s+StringEquals = \{ "iam:PermissionsBoundary"[^}]*\}\s+\}/,
    '',
    /without the permissions boundary/,
  ),
  mistake(
    'another role in the warehouse',
    ROLES,
    'tags = local.database_role_tags[each.key]',
    'tags = { RedshiftDbRoles = "pii_reader" }',
    /database roles/,
  ),
  mistake(
    'a role that two functions share',
    FLEET,
    'aws_iam_role.function[each.key].arn',
    'aws_iam_role.function["sms"].arn',
    /role of its own|statement/,
  ),
];
