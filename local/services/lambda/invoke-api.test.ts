import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { InvokeCommand, type InvocationType, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type ThrowawayFleet, startFleet } from './testing/throwaway.ts';

let fleet: ThrowawayFleet;
let client: LambdaClient;

const functions = {
  echo: {
    environment: { GREETING: 'hello' },
    code: `exports.handler = async (event, context) => {
      console.log('seen', event.n);
      return { event, greeting: process.env.GREETING, home: process.env.AWS_LAMBDA_RUNTIME_API !== undefined,
        id: context.awsRequestId, left: context.getRemainingTimeInMillis(), env: process.env, temporary: require('os').tmpdir() };
    };`,
  },
  count: { code: 'let n = 0; exports.handler = async () => ({ pid: process.pid, n: (n += 1) });' },
  throws: {
    code: `class SourceNotReady extends Error { name = 'SourceNotReady'; }
      exports.handler = async () => { throw new SourceNotReady('not yet'); };`,
  },
  sleeps: { timeoutS: 1, code: 'exports.handler = () => new Promise((r) => setTimeout(r, 60_000));' },
  naps: {
    reservedConcurrency: 2,
    code: 'exports.handler = () => new Promise((r) => setTimeout(() => r({ pid: process.pid }), 400));',
  },
  hogs: {
    memoryMb: 160,
    code: `const held = []; exports.handler = async () => {
      for (;;) { held.push(Buffer.alloc(8e6, 1)); await new Promise((r) => setTimeout(r, 5)); } };`,
  },
  fills: {
    temporaryDiskMb: 16,
    code: `const fs = require('fs'); exports.handler = async () => {
      for (let n = 0; ; n++) { fs.writeFileSync(require('path').join(require('os').tmpdir(), 'f' + n), Buffer.alloc(1e6, 1));
        await new Promise((r) => setTimeout(r, 5)); } };`,
  },
  exits: { code: 'exports.handler = () => process.exit(3);' },
  broken: { code: "require('not-declared'); exports.handler = async () => 1;" },
  layered: { layers: ['tools'], code: "const t = require('tool'); exports.handler = async () => t;" },
  large: { code: "exports.handler = async () => 'x'.repeat(7e6);" },
  flaky: {
    code: `const fs = require('fs'); exports.handler = async ({ file }) => {
      fs.appendFileSync(file, '.'); if (fs.readFileSync(file).length < 3) throw new Error('again'); return 'done'; };`,
  },
  rejects: {
    code: "exports.handler = () => new Promise(() => { Promise.reject(new Error('nobody waits')); });",
  },
};

beforeAll(async () => {
  fleet = await startFleet(functions, {
    tools: { 'nodejs/node_modules/tool/index.js': "module.exports = 'from the layer';" },
  });
  client = new LambdaClient({
    endpoint: fleet.lambda.endpoint,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await fleet.stop();
});

async function invoke(name: string, event: unknown = {}, type: InvocationType = 'RequestResponse') {
  const answer = await client.send(
    new InvokeCommand({
      FunctionName: name,
      InvocationType: type,
      LogType: 'Tail',
      Payload: JSON.stringify(event),
    }),
  );
  const text = answer.Payload?.transformToString() ?? '';
  return {
    status: answer.StatusCode,
    error: answer.FunctionError,
    payload: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown>,
    log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
  };
}

const instances = async () =>
  (await (await fetch(`${fleet.lambda.endpoint}/local/instances`)).json()) as {
    function: string;
    pid: number;
    busy: boolean;
  }[];

const invocations = () =>
  readFileSync(fleet.invocationLog, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('an invocation', () => {
  it('hands over the event and answers the result, the log and the declared environment only', async () => {
    process.env['SECRET_OF_THE_PARENT'] = 'x';
    const { payload, log, error } = await invoke('echo', { n: 7 });
    expect(error).toBeUndefined();
    expect(payload).toMatchObject({ event: { n: 7 }, greeting: 'hello' });
    expect(payload['left']).toBeGreaterThan(8_000);
    expect(payload['env']).not.toHaveProperty('SECRET_OF_THE_PARENT');
    expect(payload['env']).toMatchObject({
      AWS_REGION: 'eu-north-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    });
    expect(log).toContain('seen 7');
    expect(log).toContain(`REPORT RequestId: ${String(payload['id'])}`);
  });

  it('reuses an idle instance', async () => {
    const first = await invoke('count');
    const second = await invoke('count');
    expect(second.payload).toEqual({ pid: first.payload['pid'], n: 2 });
  });

  it('is written to the log with its event, its answer and its peak memory', async () => {
    const { payload } = await invoke('echo', { n: 8 });
    const line = invocations().find((entry) => entry['request_id'] === payload['id']);
    expect(line).toMatchObject({ function: 'echo', event: { n: 8 }, function_error: null });
    expect(line?.['max_rss_mb']).toBeGreaterThan(20);
    expect(readFileSync(join(fleet.folder, 'logs', 'echo.log'), 'utf8')).toContain('seen 8');
  });

  it('finds the modules of its layers and no others', async () => {
    expect((await invoke('layered')).payload).toBe('from the layer');
    const { error, payload } = await invoke('broken');
    expect(error).toBe('Unhandled');
    expect(payload['errorType']).toBe('Runtime.ImportModuleError');
  });
});

describe('a failure', () => {
  it('of the handler carries the name of the error', async () => {
    const { error, payload, status } = await invoke('throws');
    expect({ error, status }).toEqual({ error: 'Unhandled', status: 200 });
    expect(payload).toMatchObject({ errorType: 'SourceNotReady', errorMessage: 'not yet' });
  });

  it('by exceeding the time-out ends the instance', async () => {
    const { payload } = await invoke('sleeps');
    expect(payload['errorType']).toBe('Sandbox.Timedout');
    expect(payload['errorMessage']).toMatch(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/);
    expect((await instances()).filter((instance) => instance.function === 'sleeps')).toEqual([]);
  });

  it('by exceeding the memory ends the instance', async () => {
    const { payload, log } = await invoke('hogs');
    expect(payload['errorMessage']).toContain('Runtime exited with error: signal: killed');
    expect(log).toContain('Memory limit of 160 MB exceeded');
  });

  it('by filling its temporary disk is told as such', async () => {
    const { payload, log } = await invoke('fills');
    expect(payload['errorMessage']).toContain('ENOSPC: no space left on device');
    expect(log).toContain('Temporary disk of 16 MB exceeded');
    const line = invocations().find((entry) => entry['function'] === 'fills');
    expect(line?.['max_disk_mb']).toBeGreaterThanOrEqual(16);
  });

  it('by leaving the process is told as such, and the next invocation starts anew', async () => {
    expect((await invoke('exits')).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect((await invoke('exits')).payload['errorMessage']).toContain('exit status 3');
  });

  it('in a promise that nobody waits for is told', async () => {
    expect((await invoke('rejects')).payload).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
    });
  });

  it('by too large an answer is told', async () => {
    expect((await invoke('large')).payload['errorType']).toBe('Function.ResponseSizeTooLarge');
  });

  it('by being killed from outside is told and leaves nothing behind', async () => {
    const running = invoke('naps');
    await expect
      .poll(async () => (await instances()).find((found) => found.function === 'naps')?.busy)
      .toBe(true);
    const victim = (await instances()).find((found) => found.function === 'naps');
    const killed = await fetch(`${fleet.lambda.endpoint}/local/instances/${victim?.pid}`, {
      method: 'DELETE',
    });
    expect(killed.status).toBe(204);
    expect((await running).payload['errorMessage']).toContain('signal: killed');
    expect(() => process.kill(victim?.pid ?? 0, 0)).toThrow('ESRCH');
  });
});

describe('the service', () => {
  it('runs as many instances as are reserved and refuses more', async () => {
    const results = await Promise.allSettled([invoke('naps'), invoke('naps'), invoke('naps')]);
    const pids = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value.payload['pid']] : [],
    );
    expect(new Set(pids).size).toBe(2);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { name: 'TooManyRequestsException', $metadata: { httpStatusCode: 429 } },
    });
  });

  it('answers an asynchronous invocation at once and tries it three times', async () => {
    const file = join(fleet.folder, 'tries');
    expect((await invoke('flaky', { file }, 'Event')).status).toBe(202);
    await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toBe('...');
    await sleep(50);
    expect(readFileSync(file, 'utf8')).toBe('...');
    expect(fleet.deadLetters).toEqual([]);
  });

  it('keeps the event of an asynchronous invocation that never succeeds', async () => {
    await invoke('throws', { n: 9 }, 'Event');
    await expect.poll(() => fleet.deadLetters).toHaveLength(1);
    expect(fleet.deadLetters[0]).toMatchObject({
      functionName: 'throws',
      payload: '{"n":9}',
      errorMessage: 'not yet',
    });
  });

  it('answers a dry run without running anything', async () => {
    expect((await invoke('exits', {}, 'DryRun')).status).toBe(204);
  });

  it('does not know a function that is not declared', async () => {
    await expect(invoke('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuses a payload above the limit, and one that is not JSON', async () => {
    await expect(invoke('echo', 'x'.repeat(6 * 1024 * 1024))).rejects.toMatchObject({
      name: 'RequestTooLargeException',
    });
    const command = new InvokeCommand({ FunctionName: 'echo', Payload: '{' });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });
});
