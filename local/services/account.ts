import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

import {
  ACCOUNT,
  ALERT_RECIPIENT,
  CREDENTIALS,
  DATABASE_PARAMETERS,
  GOOGLE_PARAMETERS,
  KEY_MATERIAL_PARAMETER,
  LAKE_BUCKET,
  REGION,
  SOURCE_BUCKET,
  SUPPRESSION_KEY_PARAMETER,
  TOPIC,
  TOPIC_ARN,
  WEB_FORMS_SCHEMA,
} from './names.ts';
import { READER } from './postgres/access.ts';
import type { DatabaseAddress } from './postgres/server.ts';
import { type Secrets, serviceAccountKeyFile } from './secrets.ts';

/** Clients of the stand-in account. */
export interface AccountClients {
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  close(): void;
}

export function accountClients(endpoint: string): AccountClients {
  const settings = { endpoint, region: REGION, credentials: CREDENTIALS };
  const clients = {
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    ssm: new SSMClient(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
  };
  return {
    ...clients,
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** The company's bucket and the platform's own, which keeps versions. Making one that is there already changes nothing. */
export async function makeBuckets({ s3 }: AccountClients): Promise<void> {
  for (const Bucket of [LAKE_BUCKET, SOURCE_BUCKET]) {
    await s3
      .send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }))
      .catch((error: unknown) => {
        if (!(error instanceof Error && error.name === 'BucketAlreadyOwnedByYou')) throw error;
      });
  }
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: LAKE_BUCKET,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
}

/** The alerts' topic with its e-mail subscriber, and a queue that sees the same notifications. Answers the queue. */
export async function makeAlerts({ sns, sqs }: AccountClients): Promise<{ queueUrl: string }> {
  const name = `${TOPIC}-mail`;
  const [, queue] = await Promise.all([
    sns.send(new CreateTopicCommand({ Name: TOPIC })),
    sqs.send(new CreateQueueCommand({ QueueName: name })),
  ]);
  const queueArn = `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
  await Promise.all([
    sns.send(new SubscribeCommand({ TopicArn: TOPIC_ARN, Protocol: 'email', Endpoint: ALERT_RECIPIENT })),
    sns.send(new SubscribeCommand({ TopicArn: TOPIC_ARN, Protocol: 'sqs', Endpoint: queueArn })),
  ]);
  if (queue.QueueUrl === undefined) throw new Error('SQS made a queue without an address.');
  return { queueUrl: queue.QueueUrl };
}

/** The parameters that functions read: where the database is and how to log in, the sheet and its key. */
export async function storeParameters(
  { ssm }: AccountClients,
  secrets: Secrets,
  database: DatabaseAddress,
): Promise<void> {
  const parameters = {
    [`${DATABASE_PARAMETERS}/db_host`]: database.host,
    [`${DATABASE_PARAMETERS}/db_port`]: String(database.port),
    [`${DATABASE_PARAMETERS}/db_name`]: database.database,
    [`${DATABASE_PARAMETERS}/db_username`]: READER,
    [`${DATABASE_PARAMETERS}/db_password`]: secrets.databaseReaderPassword,
    [`${DATABASE_PARAMETERS}/table_schema_name`]: WEB_FORMS_SCHEMA,
    [`${GOOGLE_PARAMETERS}/service_account_key`]: serviceAccountKeyFile(secrets.serviceAccount),
    [`${GOOGLE_PARAMETERS}/sheet_id`]: secrets.sheetId,
    [KEY_MATERIAL_PARAMETER]: secrets.keyMaterial,
    [SUPPRESSION_KEY_PARAMETER]: secrets.suppressionKey,
  };
  await Promise.all(
    Object.entries(parameters).map(([Name, Value]) =>
      ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true })),
    ),
  );
}
