import { createIngestHandler, sourceStore } from '../../shared/ingest/ingest-handler.ts';
import { contract } from './contract.ts';
import { socialMediaSource } from './source.ts';

export const handler = createIngestHandler(contract, () => socialMediaSource(sourceStore()));
