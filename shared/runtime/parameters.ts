import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { ConfigurationError, SourceUnavailable } from './errors.ts';

/**
 * Reads SecureStrings from SSM Parameter Store, in the order given. Errors name the parameters and the permission to
 * look at, never a value.
 */
export async function readParameters(
  client: SSMClient,
  names: readonly string[],
): Promise<readonly string[]> {
  const found = await fetchParameters(client, names);
  const missing = names.filter((name) => (found.get(name) ?? '') === '');
  if (missing.length > 0)
    throw new ConfigurationError(
      `SSM Parameter Store has no ${missing.join(', ')}; create it as a SecureString in the function's region`,
    );
  return names.map((name) => found.get(name) ?? '');
}

async function fetchParameters(
  client: SSMClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  try {
    const answer = await client.send(new GetParametersCommand({ Names: [...names], WithDecryption: true }));
    return new Map(
      (answer.Parameters ?? []).flatMap(({ Name, Value }) =>
        Name === undefined || Value === undefined ? [] : [[Name, Value] as const],
      ),
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessDeniedException')
      throw new ConfigurationError(
        `access to the parameters ${names.join(', ')} is denied; the function's role needs ssm:GetParameters and kms:Decrypt`,
        { cause: error },
      );
    throw new SourceUnavailable('SSM Parameter Store did not answer; it will be tried again', {
      cause: error,
    });
  }
}
