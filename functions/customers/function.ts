import { defineIngestFunction } from '../../shared/fleet/ingest-function.ts';
import { sourceObjectStatements } from '../../shared/fleet/policies/lake.ts';
import { contract } from './contract.ts';
import { customersKey } from './source.ts';

export default defineIngestFunction({
  source: {
    contract,
    role: { kind: 'dimension' },
    firstDate: '2025-11-20',
    latenessDays: 0,
    correctionDays: 0,
    locations: [{ type: 's3', key: customersKey }],
  },
  impact: 'New customers and changed addresses are missing; complaints still arrive, of unknown customers.',
  environment: { SOURCE_BUCKET: '${source_bucket}', SOURCE_REGION: '${source_region}' },
  policy: sourceObjectStatements('customers/'),
  // the whole book of customers at ten times today's size: docs/operations/capacity.md
  temporaryDiskMb: 10_240,
});
