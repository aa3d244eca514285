import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { LOOPBACK, freePort } from './ports.ts';
import { type Child, startChild, untilReady } from './processes/child.ts';
import type { Guard } from './processes/guard.ts';
import { ACCOUNT, REGION } from './names.ts';

export interface AwsOptions {
  /** The Python environment that holds ministack. */
  venv: string;
  /** S3 objects are kept here, as files, from run to run. Everything else lives in memory. */
  dataDirectory: string;
  logFile: string;
  temporaryDirectory: string;
  guard: Guard;
}

export interface AwsService {
  readonly endpoint: string;
  readonly child: Child;
}

/** Starts the stand-in for S3, SSM, SNS and SQS (ministack) on a free port of the loopback address. */
export async function startAws(options: AwsOptions): Promise<AwsService> {
  const python = join(options.venv, 'bin', 'python');
  if (!existsSync(python)) {
    throw new Error(
      `The Python environment ${options.venv} is missing. Run the platform through npm (npm start, npm test).`,
    );
  }
  mkdirSync(options.dataDirectory, { recursive: true });
  const port = await freePort();
  const endpoint = `http://${LOOPBACK}:${port}`;
  const child = await startChild({
    name: 'S3/SSM/SNS/SQS',
    command: python,
    args: ['-m', 'ministack'],
    env: {
      PATH: process.env['PATH'] ?? '',
      TMPDIR: options.temporaryDirectory,
      BIND_HOST: LOOPBACK,
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: LOOPBACK,
      MINISTACK_REGION: REGION,
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      SERVICES: 's3,ssm,sns,sqs',
      S3_PERSIST: '1',
      S3_DATA_DIR: options.dataDirectory,
      LOG_LEVEL: 'WARNING',
    },
    logFile: options.logFile,
    guard: options.guard,
    // It lingers for three seconds when asked politely, and an object is on disk before its put is answered.
    stopSignal: 'SIGKILL',
  });
  await untilReady(child, options.logFile, async () => {
    const answer = await fetch(`${endpoint}/_ministack/health`);
    return answer.ok;
  });
  return { endpoint, child };
}
