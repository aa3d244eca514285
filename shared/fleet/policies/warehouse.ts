import type { Permission } from '../declaration.ts';

/** Whom a function is in the warehouse: a user of its own with database roles, or the namespace's admin. */
export type SignIn = 'own_user' | 'admin';

/**
 * Run statements through the Redshift Data API and follow them.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-iam.html
 */
export const dataApiStatements = (signIn: SignIn): Permission[] => [
  {
    sid: 'RunStatements',
    actions: ['redshift-data:BatchExecuteStatement'],
    resources: ['${warehouse_workgroup_arn}'],
  },
  signIn === 'admin'
    ? {
        sid: 'SignInAsAdmin',
        actions: ['secretsmanager:GetSecretValue'],
        resources: ['${warehouse_admin_secret_arn}'],
      }
    : {
        sid: 'SignIn',
        actions: ['redshift-serverless:GetCredentials'],
        resources: ['${warehouse_workgroup_arn}'],
      },
  // these know no resource; the condition keeps to the function's own statements ("$${" is a literal "${" to Terraform)
  {
    sid: 'FollowOwnStatements',
    actions: [
      'redshift-data:DescribeStatement',
      'redshift-data:GetStatementResult',
      'redshift-data:CancelStatement',
    ],
    resources: ['*'],
    conditions: { StringEquals: { 'redshift-data:statement-owner-iam-userid': '$${aws:userid}' } },
    unexercised: {
      'redshift-data:CancelStatement':
        'sent only for a statement that is still running when the function has used up its time',
    },
  },
];
