import { CreateQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';

import type { AccountClients } from './account.ts';
import type { DeadLetter } from './lambda/invoke-api.ts';

/** Name of a function's queue, as Terraform gives it after its prefix. */
const queueOf = (functionName: string): string => `${functionName}-dead-letters`;

/** Makes every function's queue of events that failed for good; answers how to put one there. */
export async function makeDeadLetterQueues(
  { sqs }: AccountClients,
  functionNames: readonly string[],
): Promise<(letter: DeadLetter) => Promise<void>> {
  const queues = new Map<string, string | undefined>();
  await Promise.all(
    functionNames.map(async (name) => {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queueOf(name) }));
      queues.set(name, QueueUrl);
    }),
  );
  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
  return async ({ functionName, payload, requestId, errorMessage }) => {
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queues.get(functionName),
        MessageBody: payload,
        MessageAttributes: {
          RequestID: text(requestId),
          ErrorCode: { DataType: 'Number', StringValue: '200' },
          ErrorMessage: text(errorMessage.slice(0, 1024) || 'unknown'),
        },
      }),
    );
  };
}
