import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { defineFunction, type Alarm, type FunctionDeclaration } from './declaration.ts';

interface WarehouseFunctionOptions {
  readonly name: string;
  readonly description: string;
  readonly reservedConcurrency: number;
  readonly alarm: Alarm;
  /** What it needs besides the warehouse. */
  readonly environment: Readonly<Record<string, string>>;
  readonly policy: readonly PolicyStatement[];
}

/** A function that works on the warehouse through the Redshift Data API, and waits for it most of the time. */
export const defineWarehouseFunction = ({
  environment,
  policy,
  ...rest
}: WarehouseFunctionOptions): FunctionDeclaration =>
  defineFunction({
    ...rest,
    kind: 'warehouse',
    memoryMb: 512,
    timeoutSeconds: 290,
    temporaryDiskMb: 512,
    layers: [],
    environment: {
      WAREHOUSE_WORKGROUP: '${warehouse_workgroup}',
      WAREHOUSE_DATABASE: '${warehouse_database}',
      ...environment,
    },
    policy: [...dataApiStatements(), ...policy],
  });

const dataApiStatements = (): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'RunStatements',
    actions: ['redshift-data:BatchExecuteStatement', 'redshift-serverless:GetCredentials'],
    resources: ['${warehouse_workgroup_arn}'],
  }),
  // these know no resource; the condition keeps to the function's own statements ("$${" is a literal "${" to Terraform)
  new PolicyStatement({
    sid: 'FollowOwnStatements',
    actions: [
      'redshift-data:DescribeStatement',
      'redshift-data:GetStatementResult',
      'redshift-data:CancelStatement',
    ],
    resources: ['*'],
    conditions: { StringEquals: { 'redshift-data:statement-owner-iam-userid': '$${aws:userid}' } },
  }),
];

/** Read pointers and manifests of every source. */
export const lakeReadStatements = (): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'ReadTheLake',
    actions: ['s3:GetObject'],
    resources: ['arn:aws:s3:::${lake_bucket}/raw/*'],
  }),
  // without it S3 answers 403 instead of 404, and "not there" looks like "forbidden"
  new PolicyStatement({
    sid: 'ListTheLake',
    actions: ['s3:ListBucket'],
    resources: ['arn:aws:s3:::${lake_bucket}'],
    conditions: { StringLike: { 's3:prefix': ['raw/*'] } },
  }),
];
