import { isObject, listAt, parseJson, textAt, type JsonObject } from '../json.ts';
import type { Need } from './policy.ts';
import { type ApiRequest, type Needs, UnknownCall, headerOf, needs } from './request.ts';

/** What the account calls things, and who ran which statement. */
export interface AccountFacts {
  readonly account: string;
  readonly parameterKeyArn: string;
  /** ARN of a Redshift Serverless workgroup by its name. */
  readonly workgroupArn: (name: string) => string;
  /** `aws:userid` of whoever runs statements of the Data API, by the statement's id. */
  readonly ownerOf: (statementId: string) => string | undefined;
}

type Judge = (body: JsonObject, request: ApiRequest, facts: AccountFacts) => Needs;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const judges: Readonly<Record<string, Judge>> = {
  'AmazonSSM.GetParameter': (body, request, facts) =>
    readParameters('ssm:GetParameter', [body['Name']], body, request, facts),
  'AmazonSSM.GetParameters': (body, request, facts) =>
    readParameters('ssm:GetParameters', listAt(body['Names'], 'Names'), body, request, facts),
  'AmazonSSM.DeleteParameter': (body, request, facts) =>
    needs(parameterNeeds('ssm:DeleteParameter', [body['Name']], request, facts)),
  'RedshiftData.BatchExecuteStatement': (body, _, facts) =>
    runStatements('redshift-data:BatchExecuteStatement', body, facts),
  'RedshiftData.ExecuteStatement': (body, _, facts) =>
    runStatements('redshift-data:ExecuteStatement', body, facts),
  'RedshiftData.DescribeStatement': (body, _, facts) =>
    followStatement('redshift-data:DescribeStatement', body, facts),
  'RedshiftData.GetStatementResult': (body, _, facts) =>
    followStatement('redshift-data:GetStatementResult', body, facts),
  'RedshiftData.CancelStatement': (body, _, facts) =>
    followStatement('redshift-data:CancelStatement', body, facts),
};

/** Permissions that a request of a service of the JSON protocol needs; `x-amz-target` names the operation. */
export function jsonServiceNeeds(request: ApiRequest, facts: AccountFacts): Needs {
  const target = headerOf(request, 'x-amz-target') ?? `${request.method} ${request.url}`;
  const judge = judges[target];
  const body = parseJson(request.body === undefined || request.body === '' ? '{}' : request.body);
  if (judge === undefined || !isObject(body)) throw new UnknownCall(target);
  return judge(body, request, facts);
}

const parameterNeeds = (
  action: string,
  names: readonly unknown[],
  { region }: ApiRequest,
  { account }: AccountFacts,
): Need[] =>
  names.map((name) => {
    const path = textAt(name, 'a parameter').replace(/^\//, '');
    return { action, resource: `arn:aws:ssm:${region}:${account}:parameter/${path}`, context: {} };
  });

function readParameters(
  action: string,
  names: readonly unknown[],
  body: JsonObject,
  request: ApiRequest,
  facts: AccountFacts,
): Needs {
  const key: Need = {
    action: 'kms:Decrypt',
    resource: facts.parameterKeyArn,
    context: { 'kms:ViaService': `ssm.${request.region}.amazonaws.com` },
  };
  return needs(parameterNeeds(action, names, request, facts), {
    withContent: body['WithDecryption'] === true ? [key] : [],
  });
}

/** https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-iam.html */
function runStatements(action: string, body: JsonObject, { workgroupArn }: AccountFacts): Needs {
  const workgroup = workgroupArn(textAt(body['WorkgroupName'], 'WorkgroupName'));
  const secret = body['SecretArn'];
  return needs([
    { action, resource: workgroup, context: {} },
    secret === undefined
      ? { action: 'redshift-serverless:GetCredentials', resource: workgroup, context: {} }
      : { action: 'secretsmanager:GetSecretValue', resource: textAt(secret, 'SecretArn'), context: {} },
  ]);
}

function followStatement(action: string, body: JsonObject, { ownerOf }: AccountFacts): Needs {
  const owner = ownerOf(textAt(body['Id'], 'Id').replace(/:.*$/, ''));
  const context: Record<string, string> =
    owner === undefined ? {} : { 'redshift-data:statement-owner-iam-userid': owner };
  return needs([{ action, resource: '*', context }]);
}
