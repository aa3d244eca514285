import { SSMClient } from '@aws-sdk/client-ssm';
import { createIngestHandler } from '../../shared/ingest/ingest-handler.ts';
import { readEnvironment } from '../../shared/runtime/environment.ts';
import { readParameters } from '../../shared/runtime/parameters.ts';
import { contract } from './contract.ts';
import { agentsSource } from './source.ts';

export const handler = createIngestHandler(contract, () => {
  const { GOOGLE_PARAMETER_PATH, SOURCE_REGION } = readEnvironment([
    'GOOGLE_PARAMETER_PATH',
    'SOURCE_REGION',
  ]);
  const client = new SSMClient({ region: SOURCE_REGION });
  return agentsSource((names) => readParameters(client, names), GOOGLE_PARAMETER_PATH);
});
