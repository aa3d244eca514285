import type { Permission } from '../declaration.ts';

/**
 * Read SecureStrings of SSM Parameter Store; `paths` begin with a slash or are references that do. `owner` says in whose
 * region they are: the company's (`${source_region}`), or the platform's own.
 */
export function parameterStatements(owner: 'company' | 'platform', paths: readonly string[]): Permission[] {
  const region = owner === 'company' ? '${source_region}' : '${region}';
  const name = owner === 'company' ? 'Company' : 'Platform';
  return [
    {
      sid: `Read${name}Parameters`,
      actions: ['ssm:GetParameters'],
      resources: paths.map((path) => `arn:aws:ssm:${region}:\${account_id}:parameter${path}`),
    },
    {
      sid: `Decrypt${name}Parameters`,
      actions: ['kms:Decrypt'],
      resources: ['${parameter_key_arn}'],
      conditions: { StringEquals: { 'kms:ViaService': `ssm.${region}.amazonaws.com` } },
    },
  ];
}
