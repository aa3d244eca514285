import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type SNSClient, paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import { objectAt, parseJson, textAt } from './json.ts';

export interface MailOptions {
  sns: SNSClient;
  sqs: SQSClient;
  topicArn: string;
  /** A queue that is subscribed to the topic. */
  queueUrl: string;
  /** Each e-mail becomes a file here: `<timestamp>-<subject>.eml`. */
  mailbox: string;
}

export interface MailService {
  /** Resolves when what was published before has become files. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

interface Notification {
  readonly subject: string;
  readonly message: string;
  readonly timestamp: string;
}

const SENDER = 'AWS Notifications <no-reply@sns.amazonaws.com>';
const POLL_SECONDS = 10;

/** Delivers what is published to the topic to its e-mail subscribers, which the stand-in for SNS does not do. */
export function startMail(options: MailOptions): MailService {
  mkdirSync(options.mailbox, { recursive: true });
  const stopping = new AbortController();
  const polling = poll(options, stopping.signal);
  const drain = async () => {
    while ((await deliverOnce(options, 0)) > 0);
  };
  return {
    drain,
    async stop() {
      stopping.abort();
      await polling;
      await drain();
    },
  };
}

async function poll(options: MailOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await deliverOnce(options, POLL_SECONDS, signal).catch(() => {
      // The queue is gone or the wait was cut short; the loop's condition tells which.
      return new Promise((resolve) => setTimeout(resolve, signal.aborted ? 0 : 500));
    });
  }
}

/** Answers how many notifications it took from the queue. */
async function deliverOnce(
  options: MailOptions,
  waitSeconds: number,
  abortSignal?: AbortSignal,
): Promise<number> {
  const { Messages = [] } = await options.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: options.queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: waitSeconds,
    }),
    abortSignal ? { abortSignal } : {},
  );
  if (Messages.length === 0) return 0;
  const recipients = await emailSubscribers(options);
  for (const { Body, ReceiptHandle } of Messages) {
    writeEmail(notification(Body ?? ''), recipients, options.mailbox);
    await options.sqs.send(new DeleteMessageCommand({ QueueUrl: options.queueUrl, ReceiptHandle }));
  }
  return Messages.length;
}

async function emailSubscribers({ sns, topicArn }: MailOptions): Promise<string[]> {
  const found: string[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topicArn })) {
    for (const { Protocol, Endpoint } of page.Subscriptions ?? []) {
      if (Protocol === 'email' && Endpoint !== undefined) found.push(Endpoint);
    }
  }
  return found;
}

function notification(body: string): Notification {
  const envelope = objectAt(parseJson(body), 'The notification');
  return {
    subject: typeof envelope['Subject'] === 'string' ? envelope['Subject'] : 'AWS Notification Message',
    message: textAt(envelope['Message'], "The notification's message"),
    timestamp: textAt(envelope['Timestamp'], "The notification's timestamp"),
  };
}

/** A message as RFC 5322 has it, its text left as it is: people and grep are to read it. */
function writeEmail(mail: Notification, recipients: readonly string[], mailbox: string): void {
  if (recipients.length === 0) return;
  const headers = {
    From: SENDER,
    To: recipients.join(', '),
    Subject: mail.subject.replaceAll(/\s+/g, ' '),
    Date: new Date(mail.timestamp).toUTCString().replace('GMT', '+0000'),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const stamp = mail.timestamp.replaceAll(/[-:.]/g, '');
  const slug = mail.subject
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  writeUnique(mailbox, `${stamp}-${slug.slice(0, 80)}`, `${lines.join('\n')}\n\n${mail.message}\n`);
}

function writeUnique(folder: string, name: string, content: string): void {
  for (let copy = 0; ; copy += 1) {
    try {
      writeFileSync(join(folder, `${name}${copy === 0 ? '' : `-${copy + 1}`}.eml`), content, { flag: 'wx' });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
