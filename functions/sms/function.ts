import { defineIngestFunction } from '../../shared/fleet/ingest-function.ts';
import { sourceObjectStatements } from '../../shared/fleet/policies/lake.ts';
import { contract } from './contract.ts';
import { smsKey } from './source.ts';

export default defineIngestFunction({
  source: {
    contract,
    role: { kind: 'complaints', channel: 'sms' },
    firstDate: '2025-11-20',
    latenessDays: 0,
    correctionDays: 0,
    locations: [{ type: 's3', key: smsKey('{date}', '{hour}') }],
  },
  impact: 'Text messages of the hour are missing from all dashboards; the other channels are complete.',
  environment: { SOURCE_BUCKET: '${source_bucket}', SOURCE_REGION: '${source_region}' },
  policy: sourceObjectStatements('sms/'),
  temporaryDiskMb: 512,
});
