import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { LakeObjects } from './lake-objects.ts';
import {
  ApiError,
  optionalText,
  parseBody,
  parseRunRequest,
  requiredText,
  waitSecondsOf,
} from './requests.ts';
import type { Json } from './requests.ts';
import { describeResponse, resultResponse, startedResponse } from './responses.ts';
import { resultOf, Statements, type Statement } from './statements.ts';

export interface RedshiftDataOptions {
  /** 0: any free port */
  readonly port: number;
  /** The DuckDB file that is the warehouse; made when it is not there. */
  readonly databaseFile: string;
  /** Where S3 is, for COPY. */
  readonly s3Endpoint: string;
  readonly log: (line: string) => void;
  /** How long a batch waits for another process to close the file; 15 s. */
  readonly lockWaitMs?: number;
}

export interface RedshiftDataService {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the stand-in for the Redshift Data API on 127.0.0.1. */
export async function startRedshiftData(options: RedshiftDataOptions): Promise<RedshiftDataService> {
  await mkdir(dirname(options.databaseFile), { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), 'redshift-data-'));
  const lake = new LakeObjects(options.s3Endpoint);
  const file = { path: options.databaseFile, lockWaitMs: options.lockWaitMs ?? 15_000, scratch };
  const statements = new Statements({ file, lake });
  const server = createServer((request, response) => void answer(request, response, statements, options.log));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  });
  return {
    port: portOf(server.address()),
    async close() {
      await statements.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      lake.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

/** AWS JSON 1.1: the operation is named by a header, errors by `__type`. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  statements: Statements,
  log: (line: string) => void,
): Promise<void> {
  const operation = String(request.headers['x-amz-target'] ?? '').replace(/^RedshiftData\./, '');
  try {
    const body = parseBody(await text(request));
    send(response, 200, await perform(operation, body, statements));
  } catch (error) {
    if (!(error instanceof ApiError)) log(`${operation}: ${String(error)}`);
    const failure =
      error instanceof ApiError ? error : new ApiError('InternalServerException', 'internal error', 500);
    response.setHeader('x-amzn-errortype', failure.type);
    send(response, failure.status, {
      __type: failure.type,
      Message: failure.message,
      message: failure.message,
    });
  }
}

function send(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}

async function perform(operation: string, body: Json, statements: Statements): Promise<Json> {
  switch (operation) {
    case 'ExecuteStatement':
    case 'BatchExecuteStatement': {
      const request = parseRunRequest(body, operation === 'BatchExecuteStatement');
      const statement = statements.submit(request);
      await waitFor(statement, request.waitSeconds);
      return startedResponse(statement);
    }
    case 'DescribeStatement': {
      const { statement, index } = addressed(body, statements);
      await waitFor(statement, waitSecondsOf(body));
      return describeResponse(statement, index);
    }
    case 'GetStatementResult': {
      const { statement, index } = addressed(body, statements);
      await waitFor(statement, waitSecondsOf(body));
      const last = statement.request.sqls.length - 1;
      return resultResponse(resultOf(statement, index ?? last), optionalText(body, 'NextToken'));
    }
    case 'CancelStatement':
      return { Status: statements.cancel(requiredText(body, 'Id')) };
    default:
      throw new ApiError('UnknownOperationException', `${operation} is not supported here`);
  }
}

/** The statement that `Id` names, and the position in its batch where the id ends in `:<n>`. */
function addressed(body: Json, statements: Statements): { statement: Statement; index: number | null } {
  const [id = '', position] = requiredText(body, 'Id').split(':', 2);
  return { statement: statements.find(id), index: position === undefined ? null : Number(position) - 1 };
}

async function waitFor(statement: Statement, seconds: number): Promise<void> {
  if (seconds === 0) return;
  const timer = new AbortController();
  await Promise.race([
    statement.done,
    sleep(seconds * 1000, undefined, { signal: timer.signal }).catch(() => {}),
  ]);
  timer.abort();
}
