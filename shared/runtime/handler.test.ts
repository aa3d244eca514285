import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationError, SourceNotReady, VerificationFailed } from './errors.ts';
import { createHandler } from './handler.ts';

const context = {
  awsRequestId: 'request-1',
  functionName: 'thing',
  memoryLimitInMB: '128',
  getRemainingTimeInMillis: () => 1000,
} as Context;

let written: string;
beforeEach(() => {
  written = '';
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, name).mockImplementation((text: unknown) => {
      written += `${String(text)}\n`;
    });
  vi.stubEnv('POWERTOOLS_DEV', 'true');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const handlerThat = (run: () => Promise<unknown>, start = () => 'services') =>
  createHandler({ name: 'thing', start, run });

describe('a handler', () => {
  it('answers what its work answers', async () => {
    const handler = handlerThat(() => Promise.resolve({ rows: 3 }));
    expect(await handler({}, context)).toEqual({ rows: 3 });
  });

  it('starts once, and again if the start failed', async () => {
    let starts = 0;
    const handler = handlerThat(
      () => Promise.resolve('done'),
      () => {
        if (++starts === 1) throw new ConfigurationError('the environment lacks X');
        return 'services';
      },
    );
    await expect(handler({}, context)).rejects.toThrow(ConfigurationError);
    expect(await handler({}, context)).toBe('done');
    expect(await handler({}, context)).toBe('done');
    expect(starts).toBe(2);
  });

  it('passes an error of ours on, by name, without the cause that may quote rows', async () => {
    const cause = new Error('duplicate key "secret@example.com"');
    const failure = new SourceNotReady('the table is not there', { cause, details: { table: 't' } });
    const thrown = await handlerThat(() => Promise.reject(failure))({}, context).catch(
      (error: unknown) => error,
    );
    expect(thrown).toMatchObject({
      name: 'SourceNotReady',
      message: 'the table is not there',
    });
    expect(thrown).not.toHaveProperty('cause');
    expect(written).toContain('"error_name": "SourceNotReady"');
    expect(written).toContain('"retriable": true');
    expect(written).not.toContain('secret@example.com');
  });

  it('withholds the message of any other error, and keeps the place', async () => {
    const failure = new TypeError('cannot read row secret@example.com');
    const thrown = await handlerThat(() => Promise.reject(failure))({}, context).catch(
      (error: unknown) => error,
    );
    expect(thrown).toMatchObject({ name: 'UnexpectedError' });
    expect(String(thrown)).toContain('TypeError');
    expect(`${String(thrown)} ${thrown instanceof Error ? thrown.stack : ''} ${written}`).not.toContain(
      'secret',
    );
    expect(written).toContain('handler.test.ts');
  });

  it('says terminal where a retry cannot help', async () => {
    const failure = new VerificationFailed('two counts differ');
    await handlerThat(() => Promise.reject(failure))({}, context).catch(() => undefined);
    expect(written).toContain('"retriable": false');
  });
});
