import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, SourceUnavailable } from '../../shared/runtime/errors.ts';
import { requestParameters } from './request-parameters.ts';

/** Parameters as a service that answers this tells of them. */
function answering(answer: () => unknown) {
  const client = new SSMClient({ region: 'eu-north-1' });
  client.send = () => Promise.resolve().then(answer);
  return requestParameters(client, '/path');
}

const failing = (name: string) =>
  answering(() => {
    throw Object.assign(new Error('secret'), { name });
  });

describe('the parameter of a request', () => {
  it('is read, and is none where there is none', async () => {
    const found = answering(() => ({ Parameters: [{ Type: 'SecureString', Value: '{}' }] }));
    expect(await found.read('DSR-1')).toBe('{}');
    expect(await answering(() => ({ Parameters: [] })).read('DSR-1')).toBeUndefined();
  });

  it('that is not encrypted is refused, without its value', async () => {
    const plain = answering(() => ({ Parameters: [{ Type: 'String', Value: 'secret' }] }));
    const error = await plain.read('DSR-1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain('/path/DSR-1 is not encrypted');
    expect(String(error)).not.toContain('secret');
  });

  it('may be gone already when it is removed', async () => {
    await expect(failing('ParameterNotFound').remove('DSR-1')).resolves.toBeUndefined();
  });

  it('that may not be reached says whether a retry helps', async () => {
    await expect(failing('AccessDeniedException').read('DSR-1')).rejects.toThrow(ConfigurationError);
    await expect(failing('AccessDeniedException').remove('DSR-1')).rejects.toThrow(/ssm:DeleteParameter/);
    await expect(failing('TimeoutError').read('DSR-1')).rejects.toThrow(SourceUnavailable);
  });
});
