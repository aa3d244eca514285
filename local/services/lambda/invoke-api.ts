import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { isObject, parseJson } from '../json.ts';
import { LOOPBACK, close, listen } from '../ports.ts';
import { functionArn } from './instance.ts';
import { runInvocation } from './invoker.ts';
import { InstancePool, type PoolOptions, Throttled } from './pool.ts';

export interface LambdaOptions extends PoolOptions {
  /** One line of JSON per finished invocation (`InvocationRecord`) is appended here. */
  invocationLog: string;
  /** Pauses before further tries of an asynchronous invocation; Lambda waits a minute, and Terraform asks for one. */
  eventRetryPausesMs?: readonly number[];
  /** Takes the events of asynchronous invocations that failed for good; without it they are lost. */
  onDeadLetter?: (letter: DeadLetter) => Promise<void>;
}

/** An asynchronous invocation that failed for good. */
export interface DeadLetter {
  readonly functionName: string;
  /** The event, as it came. */
  readonly payload: string;
  readonly requestId: string;
  readonly errorMessage: string;
}

export interface LambdaService {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const MAX_REQUEST_BYTES = 6 * 1024 * 1024;
const MAX_EVENT_BYTES = 1024 * 1024;
const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const INSTANCE = /^\/local\/instances\/(\d+)$/;

/**
 * Starts Lambda's Invoke API (RequestResponse, Event, DryRun) over the built functions.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 *
 * Not part of Lambda: `GET /local/instances` lists the running instances, `DELETE /local/instances/<pid>` kills one.
 */
export async function startLambda(options: LambdaOptions): Promise<LambdaService> {
  const pool = new InstancePool(options);
  const api = new InvokeApi(pool, options);
  const server = createServer((request, response) => {
    api.answer(request, response).catch((error: unknown) => {
      reply(response, 500, 'ServiceException', error instanceof Error ? error.message : String(error));
    });
  });
  // Clients that never repeat a call must not meet a connection that the server has just given up.
  server.keepAliveTimeout = 0;
  const port = await listen(server, 0);
  return {
    endpoint: `http://${LOOPBACK}:${port}`,
    async stop() {
      api.stop();
      await pool.stop();
      await close(server);
    },
  };
}

class InvokeApi {
  #pool: InstancePool;
  #options: LambdaOptions;
  #stopping = new AbortController();

  constructor(pool: InstancePool, options: LambdaOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  stop(): void {
    this.#stopping.abort();
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://lambda').pathname;
    if (path === '/local/instances' && request.method === 'GET') return this.#list(response);
    const instance = INSTANCE.exec(path);
    if (instance && request.method === 'DELETE') return this.#kill(Number(instance[1]), response);
    const invocation = INVOCATIONS.exec(path);
    if (invocation?.[1] === undefined || request.method !== 'POST') {
      return reply(response, 404, 'UnknownOperationException', `${request.method} ${path}`);
    }
    const name = plainName(decodeURIComponent(invocation[1]));
    return this.#invoke(name, request, await buffer(request), response);
  }

  async #invoke(
    name: string,
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const type = header(request, 'x-amz-invocation-type') ?? 'RequestResponse';
    if (!this.#pool.has(name)) {
      return reply(response, 404, 'ResourceNotFoundException', `Function not found: ${functionArn(name)}`);
    }
    const limit = type === 'Event' ? MAX_EVENT_BYTES : MAX_REQUEST_BYTES;
    if (body.length > limit) {
      const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
      return reply(response, 413, 'RequestTooLargeException', message);
    }
    const payload = body.length === 0 ? '{}' : body.toString();
    if (!isJson(payload)) {
      return reply(response, 400, 'InvalidRequestContentException', 'Could not parse request body into json');
    }
    const requestId = randomUUID();
    if (type === 'DryRun') return void response.writeHead(204, { 'x-amzn-requestid': requestId }).end();
    if (type === 'Event') {
      response.writeHead(202, { 'x-amzn-requestid': requestId }).end();
      return this.#runEvent(name, payload, requestId);
    }
    const context = header(request, 'x-amz-client-context');
    const clientContext = context === undefined ? undefined : Buffer.from(context, 'base64').toString();
    const wantsLog = header(request, 'x-amz-log-type') === 'Tail';
    return this.#respond(name, { requestId, payload, clientContext }, wantsLog, response);
  }

  async #respond(
    name: string,
    job: { requestId: string; payload: string; clientContext: string | undefined },
    wantsLog: boolean,
    response: ServerResponse,
  ): Promise<void> {
    try {
      const { failed, body, log } = await runInvocation(this.#pool, name, job, this.#options.invocationLog);
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'x-amzn-requestid': job.requestId,
          'x-amz-executed-version': '$LATEST',
          ...(failed && { 'x-amz-function-error': 'Unhandled' }),
          ...(wantsLog && { 'x-amz-log-result': log.subarray(-4096).toString('base64') }),
        })
        .end(body);
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
      reply(response, 429, 'TooManyRequestsException', 'Rate Exceeded.');
    }
  }

  /** As Lambda does with asynchronous invocations: more tries after a failure, then the queue; the caller is never told. */
  async #runEvent(functionName: string, payload: string, requestId: string): Promise<void> {
    const pauses = this.#options.eventRetryPausesMs ?? [60_000];
    let errorMessage = '';
    for (const pause of [0, ...pauses]) {
      try {
        await sleep(pause, undefined, { signal: this.#stopping.signal, ref: false });
        const job = { requestId, payload };
        const { failed, body } = await runInvocation(
          this.#pool,
          functionName,
          job,
          this.#options.invocationLog,
        );
        if (!failed) return;
        errorMessage = messageIn(body);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        if (!(error instanceof Throttled)) throw error;
        errorMessage = 'Rate Exceeded.';
      }
    }
    await this.#options.onDeadLetter?.({ functionName, payload, requestId, errorMessage });
  }

  #list(response: ServerResponse): void {
    const instances = this.#pool.list().map((instance) => ({
      function: instance.functionName,
      pid: instance.pid,
      busy: instance.isBusy,
      max_rss_mb: instance.maxRssMb(),
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(instances));
  }

  #kill(pid: number, response: ServerResponse): void {
    const instance = this.#pool.list().find((candidate) => candidate.pid === pid);
    if (!instance) return reply(response, 404, 'ResourceNotFoundException', `There is no instance ${pid}.`);
    instance.kill();
    response.writeHead(204).end();
  }
}

/** `name`, `name:alias` and the whole ARN all mean the function. */
function plainName(given: string): string {
  return given.replace(/^.*:function:/, '').split(':')[0] ?? given;
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

function reply(response: ServerResponse, status: number, type: string, message: string): void {
  if (response.headersSent) return void response.end();
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type })
    .end(JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: message, message }));
}

function messageIn(body: string): string {
  const error = isJson(body) ? parseJson(body) : undefined;
  return isObject(error) && typeof error['errorMessage'] === 'string' ? error['errorMessage'] : '';
}
