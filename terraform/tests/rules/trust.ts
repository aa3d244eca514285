import type { PolicyDocument, Statement } from './policy-documents.ts';
import { hasCondition } from './policy-documents.ts';

/** Conditions that tie "anybody" or a service to this account. */
const accountConditions = [
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalOrgID',
  'aws:SourceAccount',
  'aws:SourceArn',
  'kms:CallerAccount',
  'kms:EncryptionContext:aws:logs:arn',
];

/** Who is let in by a statement of a trust or resource policy, and under which conditions; what is wrong with that. */
export function trustProblems({ attribute, resource }: PolicyDocument, statement: Statement): string[] {
  if (!statement.allows || statement.principals.length === 0) return [];
  const isBound = hasCondition(statement, ...accountConditions);
  const isTrust = attribute === 'assume_role_policy';
  return [
    ...(statement.principals.includes('*') && !isBound ? ['anybody is let in'] : []),
    ...(statement.principalKinds.includes('AWS') && isTrust ? peopleProblems(statement) : []),
    ...(statement.principalKinds.includes('AWS') && !isTrust ? foreignProblems(statement) : []),
    ...(statement.principalKinds.includes('Service') && !isBound && !isLambda(statement, isTrust)
      ? [`${statement.principals.join(', ')} is let in for any account (${resource.type})`]
      : []),
    ...(statement.principalKinds.includes('Federated') ? federationProblems(statement) : []),
  ];
}

/** Lambda takes a role only in the account of the function and documents no condition for it. */
const isLambda = ({ principals }: Statement, isTrust: boolean): boolean =>
  isTrust && principals.every((name) => name === 'lambda.amazonaws.com');

/** The account as a whole may take a role only through a list of named people's roles. */
function peopleProblems(statement: Statement): string[] {
  const patterns = [...statement.conditions]
    .filter(([key]) => /PrincipalArn$/i.test(key))
    .flatMap(([, values]) => values);
  if (patterns.length === 0) return ['the whole account may take the role'];
  return patterns
    .filter((pattern) => !/^arn:aws:iam::\d{12}:(role|user)\/[^*]+\*?$/.test(pattern))
    .map((pattern) => `the pattern ${pattern} is too wide`);
}

const foreignProblems = (statement: Statement): string[] =>
  statement.principals
    .filter((name) => name !== '*' && !name.startsWith('arn:aws:iam::111111111111:'))
    .map((name) => `${name} is of another account`);

/** A token of GitHub has to be for AWS and for exactly one of named subjects. */
function federationProblems(statement: Statement): string[] {
  const exactly = (key: string) =>
    statement.conditions.get(`StringEquals token.actions.githubusercontent.com:${key}`) ?? [];
  return [
    ...(exactly('aud').join() === 'sts.amazonaws.com' ? [] : ['the audience is not checked']),
    ...(exactly('sub').length > 0 &&
    exactly('sub').every((subject) =>
      /^repo:[^*:]+\/[^*:]+:(environment:[^*]+|ref:refs\/heads\/main|pull_request)$/.test(subject),
    )
      ? []
      : ['the subject is not one repository and one environment, branch or event']),
  ];
}
