import { SSMClient } from '@aws-sdk/client-ssm';
import { createIngestHandler } from '../../shared/ingest/ingest-handler.ts';
import { readEnvironment } from '../../shared/runtime/environment.ts';
import { readParameters } from '../../shared/runtime/parameters.ts';
import { contract } from './contract.ts';
import { webFormsSource } from './source.ts';

export const handler = createIngestHandler(contract, () => {
  const settings = readEnvironment([
    'DATABASE_PARAMETER_PATH',
    'DATABASE_SSL_MODE',
    'STATEMENT_TIMEOUT_MS',
    'SOURCE_REGION',
  ]);
  const client = new SSMClient({ region: settings.SOURCE_REGION });
  return webFormsSource({
    readParameters: (names) => readParameters(client, names),
    parameterPath: settings.DATABASE_PARAMETER_PATH,
    sslMode: settings.DATABASE_SSL_MODE,
    statementTimeoutMs: Number(settings.STATEMENT_TIMEOUT_MS),
  });
});
