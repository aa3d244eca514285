import { SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';
import { ConfigurationError, SourceUnavailable, retriableErrorNames } from './errors.ts';
import { readParameters } from './parameters.ts';

it('the environment reports all that is missing at once', () => {
  expect(readEnvironment(['A', 'B'], { A: '1', B: '2', C: '3' })).toEqual({ A: '1', B: '2' });
  expect(() => readEnvironment(['A', 'B', 'C'], { B: 'x', C: '' })).toThrow('the environment lacks A, C;');
});

/** A client whose answers are these. */
function clientAnswering(answer: () => unknown): SSMClient {
  const client = new SSMClient({ region: 'eu-north-1' });
  client.send = () => Promise.resolve().then(answer);
  return client;
}

it('parameters come in the order asked for; missing ones are named', async () => {
  const client = clientAnswering(() => ({
    Parameters: [
      { Name: '/p/b', Value: '2' },
      { Name: '/p/a', Value: '1' },
    ],
  }));
  expect(await readParameters(client, ['/p/a', '/p/b'])).toEqual(['1', '2']);
  await expect(readParameters(client, ['/p/a', '/p/x', '/p/y'])).rejects.toThrow('has no /p/x, /p/y');
});

it('a refusal names the permission, silence is worth another try', async () => {
  const denied = clientAnswering(() => {
    throw Object.assign(new Error('User arn:… is not authorised'), { name: 'AccessDeniedException' });
  });
  await expect(readParameters(denied, ['/p/a'])).rejects.toThrow(ConfigurationError);
  await expect(readParameters(denied, ['/p/a'])).rejects.toThrow(/ssm:GetParameters/);
  const silent = clientAnswering(() => {
    throw new Error('ECONNREFUSED');
  });
  await expect(readParameters(silent, ['/p/a'])).rejects.toThrow(SourceUnavailable);
});

it('the retriable errors are those that time may mend', () => {
  expect(retriableErrorNames).toEqual([
    'SourceNotReady',
    'SourceUnavailable',
    'CommitConflict',
    'WarehouseBusy',
  ]);
});
