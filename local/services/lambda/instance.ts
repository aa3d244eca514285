import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { ACCOUNT, REGION } from '../names.ts';
import { LOOPBACK, close, listen } from '../ports.ts';
import type { Guard } from '../processes/guard.ts';
import type { Artifacts } from './artifacts.ts';
import type { LocalFunction } from './fleet-file.ts';
import { processEnvironment } from './process-environment.ts';
import { type MemoryWatch, watchMemory } from './resident-memory.ts';
import { type DiskWatch, watchDisk } from './temporary-disk.ts';

export interface InstanceSettings {
  readonly declared: LocalFunction;
  readonly artifacts: Artifacts;
  /** Addresses and credentials that Lambda or the account would provide. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Everything the function prints. */
  readonly onOutput: (chunk: Buffer) => void;
  readonly guard: Guard;
}

export interface Job {
  readonly requestId: string;
  readonly payload: string;
  readonly clientContext?: string | undefined;
}

/** How an invocation ended: `body` is the result or, when `failed`, `{errorType, errorMessage, trace}` as JSON. */
export interface Outcome {
  readonly failed: boolean;
  readonly body: string;
  readonly logTail: Buffer;
  readonly maxRssMb: number;
  /** The most that its temporary folder held. */
  readonly maxDiskMb: number;
}

interface Running extends Job {
  readonly finish: (result: { failed: boolean; body: string }) => void;
  timer: NodeJS.Timeout;
}

/** How long Lambda lets a function load before the first invocation. */
const INIT_LIMIT_S = 10;
const LOG_TAIL_BYTES = 4096;
const RUNTIME_API = '/2018-06-01/runtime';

export const functionArn = (name: string) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

/** One execution environment: a child process that takes one invocation at a time, and the Runtime API it asks. */
export class Instance {
  readonly functionName: string;
  readonly pid: number;
  isAlive = true;
  #settings: InstanceSettings;
  #process: ChildProcess;
  #server: Server;
  #memory: MemoryWatch;
  #temporary: string;
  #disk: DiskWatch;
  #waiting: ServerResponse | undefined;
  #running: Running | undefined;
  #deathCause: { errorType: string; errorMessage: string } | undefined;
  #logTail: Buffer = Buffer.alloc(0);

  static async start(settings: InstanceSettings): Promise<Instance> {
    const server = createServer();
    server.keepAliveTimeout = 0;
    return new Instance(settings, server, await listen(server, 0));
  }

  private constructor(settings: InstanceSettings, server: Server, port: number) {
    const { declared } = settings;
    this.functionName = declared.name;
    this.#settings = settings;
    this.#server = server.on('request', (request, response) => void this.#answer(request, response));
    this.#temporary = mkdtempSync(join(tmpdir(), `lambda-${declared.name}-`));
    settings.guard.removeAtEnd(this.#temporary);
    this.#process = spawn(
      process.execPath,
      [
        `--max-old-space-size=${Math.floor(declared.memoryMb * 0.9)}`,
        join(import.meta.dirname, 'bootstrap.mjs'),
      ],
      {
        cwd: settings.artifacts.taskRoot,
        env: processEnvironment(settings, `${LOOPBACK}:${port}`, this.#temporary),
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      },
    );
    this.pid = this.#process.pid ?? 0;
    settings.guard.watch(this.pid, 'SIGKILL');
    for (const output of [this.#process.stdout, this.#process.stderr]) {
      output?.on('data', (chunk: Buffer) => this.#print(chunk));
    }
    this.#memory = watchMemory(this.pid, declared.memoryMb, () => {
      this.#print(Buffer.from(`Memory limit of ${declared.memoryMb} MB exceeded: killed.\n`));
      this.kill();
    });
    this.#disk = watchDisk(this.#temporary, declared.temporaryDiskMb, () => {
      this.#deathCause = { errorType: 'Error', errorMessage: 'ENOSPC: no space left on device, write' };
      this.#print(Buffer.from(`Temporary disk of ${declared.temporaryDiskMb} MB exceeded: killed.\n`));
      this.kill();
    });
    this.#process.once('error', () => this.#died(null, null));
    this.#process.once('close', (code, signal) => this.#died(code, signal));
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  maxRssMb(): number {
    return this.#memory.peakMb();
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Ends an instance and resolves when it has gone. */
  async stop(): Promise<void> {
    if (!this.isAlive) return;
    const gone = new Promise((resolve) => this.#process.once('close', resolve));
    this.kill();
    await gone;
  }

  async invoke(job: Job): Promise<Outcome> {
    this.#logTail = Buffer.alloc(0);
    this.#memory.restart();
    this.#disk.restart();
    const result = await new Promise<{ failed: boolean; body: string }>((finish) => {
      const timer = setTimeout(
        () => this.#timeOut(),
        (INIT_LIMIT_S + this.#settings.declared.timeoutS) * 1000,
      );
      this.#running = { ...job, finish, timer };
      if (this.isAlive) this.#deliver();
      else this.#died(this.#process.exitCode, this.#process.signalCode);
    });
    // What the function printed last may still be in the pipe when its answer is already here.
    await new Promise((resolve) => setTimeout(resolve, 2));
    return {
      ...result,
      logTail: this.#logTail.subarray(-LOG_TAIL_BYTES),
      maxRssMb: this.maxRssMb(),
      maxDiskMb: this.#disk.peakMb(),
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace(RUNTIME_API, '');
    const body = await text(request);
    if (path === '/invocation/next') {
      this.#waiting = response;
      this.#deliver();
      return;
    }
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (path === '/init/error') this.#finish(true, body);
    else if (path === `/invocation/${this.#running?.requestId}/response`) this.#finish(false, body);
    else if (path === `/invocation/${this.#running?.requestId}/error`) this.#finish(true, body);
  }

  #deliver(): void {
    const job = this.#running;
    const response = this.#waiting;
    if (!job || !response) return;
    this.#waiting = undefined;
    const timeoutMs = this.#settings.declared.timeoutS * 1000;
    clearTimeout(job.timer);
    job.timer = setTimeout(() => this.#timeOut(), timeoutMs);
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(job.payload),
        'lambda-runtime-aws-request-id': job.requestId,
        'lambda-runtime-deadline-ms': Date.now() + timeoutMs,
        'lambda-runtime-invoked-function-arn': functionArn(this.functionName),
        'lambda-runtime-trace-id': `Root=1-${randomUUID().slice(0, 8)}-${randomUUID().replaceAll('-', '').slice(0, 24)}`,
        ...(job.clientContext !== undefined && { 'lambda-runtime-client-context': job.clientContext }),
      })
      .end(job.payload);
  }

  #timeOut(): void {
    this.#deathCause = {
      errorType: 'Sandbox.Timedout',
      errorMessage: `Error: Task timed out after ${this.#settings.declared.timeoutS.toFixed(2)} seconds`,
    };
    this.kill();
  }

  #died(code: number | null, signal: NodeJS.Signals | null): void {
    const how =
      signal === 'SIGKILL' ? 'signal: killed' : signal ? `signal: ${signal}` : `exit status ${code}`;
    const cause = this.#deathCause ?? {
      errorType: 'Runtime.ExitError',
      errorMessage: `Error: Runtime exited with error: ${how}`,
    };
    if (this.isAlive) {
      this.isAlive = false;
      this.#memory.stop();
      this.#disk.stop();
      this.#settings.guard.ended(this.pid);
      void close(this.#server);
      rmSync(this.#temporary, { recursive: true, force: true });
      this.#settings.guard.removed(this.#temporary);
    }
    const errorMessage = `RequestId: ${this.#running?.requestId} ${cause.errorMessage}`;
    this.#finish(true, JSON.stringify({ ...cause, errorMessage }));
  }

  #finish(failed: boolean, body: string): void {
    const job = this.#running;
    if (!job) return;
    this.#running = undefined;
    clearTimeout(job.timer);
    job.finish({ failed, body });
  }

  #print(chunk: Buffer): void {
    this.#logTail = Buffer.concat([this.#logTail, chunk]).subarray(-LOG_TAIL_BYTES);
    this.#settings.onOutput(chunk);
  }
}
