import { SSMClient } from '@aws-sdk/client-ssm';
import { lazily } from '../../runtime/lazily.ts';
import { readParameters } from '../../runtime/parameters.ts';
import type { ReadKey } from './suppressions.ts';

/** Reads the key of the suppression list from its parameter once, when it is first needed. */
export const suppressionKey = (parameter: string): ReadKey =>
  lazily(async () => {
    const [key = ''] = await readParameters(new SSMClient({}), [parameter]);
    return key;
  });
