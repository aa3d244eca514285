/**
 * What a declaration may leave to the deployment, written `${name}` in an environment, a policy or a schedule's input.
 * `terraform/modules/fleet` supplies exactly these, `local/services/names.ts` what they are on a laptop; the list is
 * also in `terraform/generated/functions.json`, so that Terraform's tests can compare.
 */
export const references = {
  lake_bucket: 'name of the lake bucket',
  lake_key_arn: 'ARN of the KMS key that the lake is encrypted with',
  source_bucket: "name of the company's bucket of exports",
  source_region: "region of the company's bucket and parameters",
  region: "the platform's own region",
  account_id: 'account that the platform and the parameters are in',
  parameter_key_arn: 'ARN of the KMS key that SecureString parameters are encrypted with',
  database_parameter_path: 'path of the parameters of the web-form database, with a leading slash',
  database_ssl_mode: 'disable, require or verify-full, for the web-form database',
  google_parameter_path: 'path of the parameters of the agents sheet, with a leading slash',
  key_material_parameter: 'parameter that surrogate keys are derived with, with a leading slash',
  suppression_key_parameter: 'parameter that the suppression list is keyed with, with a leading slash',
  warehouse_workgroup: 'name of the Redshift Serverless workgroup',
  warehouse_workgroup_arn: 'ARN of that workgroup',
  warehouse_database: 'database in the workgroup',
  warehouse_admin_secret_arn: "ARN of the secret that holds the namespace's admin credentials",
  copy_role_arn: 'ARN of the role that Redshift reads the lake with',
} as const;

export type Reference = keyof typeof references;

const known = new Set<string>(Object.keys(references));

/** Names of the `${references}` in a text that are not known. `$${…}` is a literal `${…}` to Terraform. */
export function unknownReferences(text: string): readonly string[] {
  return [...text.matchAll(/(?<!\$)\$\{([^}]*)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !known.has(name));
}
