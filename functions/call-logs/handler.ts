import { createIngestHandler, sourceStore } from '../../shared/ingest/ingest-handler.ts';
import { contract } from './contract.ts';
import { callLogsSource } from './source.ts';

export const handler = createIngestHandler(contract, () => callLogsSource(sourceStore()));
