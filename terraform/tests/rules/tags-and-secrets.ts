import {
  at,
  isObject,
  ofType,
  scalars,
  violation,
  type Plan,
  type PlannedResource,
  type Violation,
} from '../harness/plan.ts';

const TAGS = 'tagged';
const SECRETS = 'no secret in code, plan or state';

const required = ['Project', 'Environment', 'ManagedBy', 'Owner'];

/** Whatever the provider can tag says what it belongs to. */
export const tags = (plan: Plan): Violation[] =>
  plan.resources
    .filter(({ type }) => 'tags_all' in (plan.schema.resources[type]?.attributes ?? {}))
    .flatMap(({ address, values }) => {
      const all = values['tags_all'];
      const missing = required.filter(
        (name) => !isObject(all) || typeof all[name] !== 'string' || all[name] === '',
      );
      return missing.map((name) => violation(TAGS, address, `the tag ${name} is missing`));
    });

const secretName = /(password|passwd|secret|token|private_key|access_key|credential|auth_key)/i;
const secretNameOfNothingSecret =
  /(_arns?|_ids?|_name|_version|_path|_parameter|_prefix|_key_alias)$|^(manage_|has_)|kms|_secret_arn/i;

/** Looks like a key, a password in an address, or a certificate's key. */
export const secretText =
  /(AKIA|ASIA)[A-Z0-9]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/\s:@'"]+:[^/\s:@'"$]{3,}@|eyJ[A-Za-z0-9_-]{20,}\.eyJ|gh[pousr]_[A-Za-z0-9]{36}|xox[bp]-[0-9A-Za-z-]{20,}/;

/** Attributes that hold a secret's value, whatever it looks like. */
const secretAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_ssm_parameter: ['value', 'insecure_value'],
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
};

/** Nothing secret is in a plan: then it is in no state either. */
export const secrets = (plan: Plan): Violation[] =>
  plan.resources.flatMap((resource) => [
    ...secretValues(resource),
    ...secretLooks(resource),
    ...secretVariables(plan, resource),
  ]);

function secretValues({ address, type, values }: PlannedResource): Violation[] {
  const named = scalars(values)
    .filter(
      ([path, value]) =>
        typeof value === 'string' && value !== '' && !/(^|\.)tags(_all)?\./.test(path) && isSecretName(path),
    )
    .filter(
      ([path, value]) =>
        !String(value).startsWith('arn:') &&
        !String(value).startsWith(`${type}.`) &&
        !path.startsWith('environment.'),
    );
  const known = (secretAttributes[type] ?? []).filter(
    (name) => typeof values[name] === 'string' && values[name] !== '',
  );
  return [...named.map(([path]) => path), ...known].map((path) =>
    violation(SECRETS, address, `${path} has a value`),
  );
}

const isSecretName = (path: string): boolean => {
  const name = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  return secretName.test(name) && !secretNameOfNothingSecret.test(name);
};

const secretLooks = ({ address, values }: PlannedResource): Violation[] =>
  scalars(values)
    .filter(([, value]) => secretText.test(String(value)))
    .map(([path]) => violation(SECRETS, address, `${path} looks like a secret`));

/** Variables of functions and of Airflow name where a secret is (a parameter, an ARN), never the secret. */
function secretVariables(plan: Plan, { address, type, values }: PlannedResource): Violation[] {
  if (type !== 'aws_lambda_function' || ofType(plan, type).length === 0) return [];
  return scalars(at(values, 'environment.0.variables') ?? null)
    .filter(
      ([name, value]) =>
        /(PASSWORD|SECRET|TOKEN|CREDENTIAL|_KEY$|API_KEY|DSN|DATABASE_URL)/.test(name) &&
        !/^(arn:|\/)/.test(String(value)),
    )
    .map(([name]) =>
      violation(SECRETS, address, `the variable ${name} holds a value, not the name of a parameter`),
    );
}
