import { ofType, textAt, violation, type Plan, type Violation } from '../harness/plan.ts';
import { hasCondition, policyDocuments, type PolicyDocument, type Statement } from './policy-documents.ts';
import { trustProblems } from './trust.ts';

const RULE = 'least privilege';

/** Actions that know no resource; with a condition key that has to bound them where one exists. */
const withoutResource: Readonly<Record<string, string | null>> = {
  'cloudwatch:PutMetricData': 'cloudwatch:namespace',
  'ecr:GetAuthorizationToken': null,
  'logs:DescribeLogGroups': null,
  'redshift-data:CancelStatement': 'redshift-data:statement-owner-iam-userid',
  'redshift-data:DescribeStatement': 'redshift-data:statement-owner-iam-userid',
  'redshift-data:GetStatementResult': 'redshift-data:statement-owner-iam-userid',
  's3:GetAccountPublicAccessBlock': null,
};

/** Conditions that bound an action on things whose identifiers AWS gives. */
const tagConditions = ['aws:RequestTag/Environment', 'aws:ResourceTag/Environment'];

/** Reads settings only: verbs that return no data of the platform. */
const readsSettings = /^[a-z0-9-]+:(Describe|Get|List|View)[A-Za-z]+$/;
const readsData =
  /:(GetObject|GetSecretValue|GetParameter|GetStatementResult|GetCredentials|GetLogEvents|GetQueryResults|GetAuthorizationToken)/;

/** Every policy of a plan: no wildcard for actions, no resource wider than needed, nobody trusted without a bound. */
export const leastPrivilege = (plan: Plan): Violation[] => [
  ...policyDocuments(plan).flatMap((document) =>
    document.statements.flatMap((statement) =>
      [...statementProblems(document, statement), ...trustProblems(document, statement)].map((what) =>
        violation(
          RULE,
          document.resource.address,
          `${document.attribute}, ${statement.sid || '(no Sid)'}: ${what}`,
        ),
      ),
    ),
  ),
  ...rolesWithoutBoundary(plan),
  ...unreadablePolicies(plan),
  ...managedPolicies(plan),
];

const isKeyPolicy = ({ resource }: PolicyDocument): boolean =>
  resource.type === 'aws_kms_key' || resource.type === 'aws_kms_key_policy';
const isEndpointPolicy = ({ resource }: PolicyDocument): boolean => resource.type === 'aws_vpc_endpoint';
/** A boundary grants nothing by itself. */
const isBoundary = ({ resource }: PolicyDocument): boolean =>
  resource.address.includes('aws_iam_policy.boundary');

function statementProblems(document: PolicyDocument, statement: Statement): string[] {
  if (!statement.allows) return [];
  return [
    ...(/^[A-Z][A-Za-z0-9]+$/.test(statement.sid) ? [] : ['it has no name']),
    ...statement.negations.map((key) => `${key} allows whatever is not named`),
    ...statement.actions.flatMap((action) => actionProblems(document, statement, action)),
    ...statement.resources.flatMap((resource) => resourceProblems(document, statement, resource)),
  ];
}

function actionProblems(document: PolicyDocument, statement: Statement, action: string): string[] {
  if (action.includes('*')) {
    const isRoot =
      isKeyPolicy(document) &&
      action === 'kms:*' &&
      statement.principals.every((name) => name.endsWith(':root'));
    const isOwnEndpoint = isEndpointPolicy(document) && hasCondition(statement, 'aws:PrincipalAccount');
    return isRoot || isOwnEndpoint ? [] : [`the action ${action} has a wildcard`];
  }
  if (action === 'iam:PassRole' && !hasCondition(statement, 'iam:PassedToService'))
    return ['a role can be passed to any service'];
  if (
    /^iam:(CreateRole|PutRolePolicy|AttachRolePolicy|PutRolePermissionsBoundary)$/.test(action) &&
    !hasCondition(statement, 'iam:PermissionsBoundary')
  )
    return [`${action} without the permissions boundary`];
  if (
    /^iam:(CreateUser|CreateAccessKey|CreateLoginProfile|AttachUserPolicy|PutUserPolicy|CreatePolicyVersion|SetDefaultPolicyVersion|DeleteRolePermissionsBoundary)$/.test(
      action,
    )
  )
    return [`${action} would let a role widen its own rights`];
  return [];
}

/** Everything of a kind: `*`, `arn:aws:s3:::*`, `…:function:*`, `…:role/*`. */
const everything = /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:(\*|[a-zA-Z-]+[:/]\*))$/;

function resourceProblems(document: PolicyDocument, statement: Statement, resource: string): string[] {
  if (!everything.test(resource) || isBoundary(document) || isEndpointPolicy(document)) return [];
  // in a key's own policy `*` is the key
  if (isKeyPolicy(document) && resource === '*') return [];
  return statement.actions
    .filter((action) => !mayBeAnywhere(statement, action))
    .map((action) => `${action} on ${resource}`);
}

function mayBeAnywhere(statement: Statement, action: string): boolean {
  if (action in withoutResource) {
    const condition = withoutResource[action];
    return condition === null || condition === undefined || hasCondition(statement, condition);
  }
  if (hasCondition(statement, ...tagConditions)) return true;
  if (/^kms:(Create|Delete|Update)Alias$/.test(action)) return true;
  return (
    readsSettings.test(action) && !readsData.test(action) && hasCondition(statement, 'aws:RequestedRegion')
  );
}

/** In an environment each role is bounded; only bootstrap makes roles without a bound, those that deploy. */
const rolesWithoutBoundary = (plan: Plan): Violation[] =>
  plan.folder.startsWith('environments/')
    ? ofType(plan, 'aws_iam_role')
        .filter(({ values }) => !textAt(values, 'permissions_boundary').endsWith('-boundary'))
        .map(({ address }) => violation(RULE, address, 'the role has no permissions boundary'))
    : [];

const policyAttribute =
  /^(policy|assume_role_policy|access_policy|resource_policy|inline_policy|repository_policy)$/;

/** A policy that is not known before the apply cannot be judged; with the stand-in all of ours are known. */
const unreadablePolicies = (plan: Plan): Violation[] =>
  plan.resources.flatMap(({ address, type, values }) =>
    Object.entries(plan.schema.resources[type]?.attributes ?? {})
      .filter(([name, attribute]) => policyAttribute.test(name) && (attribute.required || name in values))
      .filter(([name]) => values[name] !== null && textAt(values, name) === '')
      .map(([name]) => violation(RULE, address, `${name} is not known in the plan`)),
  );

/** Policies that AWS keeps change without us, and are wide. */
const managedPolicies = (plan: Plan): Violation[] =>
  plan.resources
    .filter(
      ({ type, values }) =>
        type !== 'aws_iam_role_policy' && /arn:aws:iam::aws:policy\//.test(JSON.stringify(values)),
    )
    .map(({ address }) => violation(RULE, address, 'a policy managed by AWS is attached'));
