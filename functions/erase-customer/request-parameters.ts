import { DeleteParameterCommand, GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { ConfigurationError, SourceUnavailable } from '../../shared/runtime/errors.ts';
import type { RequestParameters } from './services.ts';

/**
 * The identifiers of requests, each in a SecureString parameter named after the request. They come this way, not in the
 * event, since Lambda keeps events: of asynchronous calls in its queue, of failed ones in the dead-letter queue.
 */
export const requestParameters = (client: SSMClient, path: string): RequestParameters => ({
  async read(requestId) {
    const name = `${path}/${requestId}`;
    const answer = await client
      .send(new GetParametersCommand({ Names: [name], WithDecryption: true }))
      .catch((error: unknown) => {
        throw parameterError(error);
      });
    const [parameter] = answer.Parameters ?? [];
    if (parameter === undefined) return undefined;
    if (parameter.Type !== 'SecureString')
      throw new ConfigurationError(
        `the parameter ${name} is not encrypted: delete it and store it again as a SecureString`,
      );
    return parameter.Value ?? '';
  },
  async remove(requestId) {
    await client
      .send(new DeleteParameterCommand({ Name: `${path}/${requestId}` }))
      .catch((error: unknown) => {
        if (!(error instanceof Error && error.name === 'ParameterNotFound')) throw parameterError(error);
      });
  },
});

const parameterError = (error: unknown): Error =>
  error instanceof Error && error.name === 'AccessDeniedException'
    ? new ConfigurationError(
        "access to the request's parameter is denied; the function's role needs ssm:GetParameters, ssm:DeleteParameter and kms:Decrypt",
        { cause: error },
      )
    : new SourceUnavailable('SSM Parameter Store did not answer; run it again', { cause: error });
