import { defineIngestFunction } from '../../shared/fleet/ingest-function.ts';
import { sourceObjectStatements } from '../../shared/fleet/policies/lake.ts';
import { contract } from './contract.ts';
import { callLogKeys } from './source.ts';

export default defineIngestFunction({
  source: {
    contract,
    role: { kind: 'complaints', channel: 'call_centre' },
    firstDate: '2025-11-20',
    latenessDays: 0,
    correctionDays: 3,
    locations: callLogKeys.map((key) => ({ type: 's3', key })),
  },
  impact:
    'Call-centre complaints of the day are missing from all dashboards; the other channels are complete.',
  environment: { SOURCE_BUCKET: '${source_bucket}', SOURCE_REGION: '${source_region}' },
  policy: sourceObjectStatements('call logs/'),
});
