import { createIngestHandler, sourceStore } from '../../shared/ingest/ingest-handler.ts';
import { contract } from './contract.ts';
import { smsSource } from './source.ts';

export const handler = createIngestHandler(contract, () => smsSource(sourceStore()));
