import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

import { parseJson } from '../../services/json.ts';

/** What a function answered; when it `failed`, `{errorType, errorMessage, …}`. */
export interface FunctionAnswer {
  readonly failed: boolean;
  readonly payload: unknown;
}

export interface InvokeSettings {
  readonly region: string;
  /** Addresses and credentials of local services; empty for AWS. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Above the longest time-out that Lambda allows. */
const READ_TIMEOUT_MS = 16 * 60_000;

/** Invokes a function once and waits for its answer. Throws what the service itself answers: not found, throttled. */
export async function invoke(name: string, event: object, settings: InvokeSettings): Promise<FunctionAnswer> {
  const { AWS_ENDPOINT_URL_LAMBDA, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = settings.environment;
  const client = new LambdaClient({
    region: settings.region,
    // A repeated call would be a second run of the partition.
    maxAttempts: 1,
    requestHandler: { requestTimeout: READ_TIMEOUT_MS, connectionTimeout: 10_000 },
    ...(AWS_ENDPOINT_URL_LAMBDA !== undefined && { endpoint: AWS_ENDPOINT_URL_LAMBDA }),
    ...(AWS_ACCESS_KEY_ID !== undefined &&
      AWS_SECRET_ACCESS_KEY !== undefined && {
        credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
      }),
  });
  try {
    const answer = await client.send(
      new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }),
    );
    const payload = parseJson(answer.Payload?.transformToString() ?? 'null');
    return { failed: answer.FunctionError !== undefined, payload };
  } finally {
    client.destroy();
  }
}
