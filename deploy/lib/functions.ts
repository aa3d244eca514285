import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeployError } from './command.ts';

/** Above the longest time-out that Lambda allows. */
const READ_TIMEOUT_MS = 16 * 60_000;

/**
 * Invokes a deployed function once, waits, and answers the fields of its result. Throws DeployError with the function's
 * own error, whose sentences are made for operators and hold no data.
 */
export async function invoke(
  name: string,
  event: object,
  client = new LambdaClient({
    // A repeated call would be a second run.
    maxAttempts: 1,
    requestHandler: { requestTimeout: READ_TIMEOUT_MS, connectionTimeout: 10_000 },
  }),
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  const text = answer.Payload?.transformToString() ?? 'null';
  if (answer.FunctionError !== undefined) {
    const { errorType = 'an error', errorMessage = '' }: { errorType?: string; errorMessage?: string } =
      JSON.parse(text);
    throw new DeployError(`${name} failed with ${errorType}: ${errorMessage}`);
  }
  const result: unknown = JSON.parse(text);
  if (typeof result !== 'object' || result === null)
    throw new DeployError(`${name} did not answer with an object.`);
  return Object.fromEntries(Object.entries(result));
}
