import { defineIngestFunction } from '../../shared/fleet/ingest-function.ts';
import { sourceObjectStatements } from '../../shared/fleet/policies/lake.ts';
import { contract } from './contract.ts';
import { socialMediaKey } from './source.ts';

export default defineIngestFunction({
  source: {
    contract,
    role: { kind: 'complaints', channel: 'social_media' },
    firstDate: '2025-11-20',
    latenessDays: 0,
    correctionDays: 3,
    locations: [{ type: 's3', key: socialMediaKey('{date}') }],
  },
  impact:
    'Social-media complaints of the day are missing from all dashboards; the other channels are complete.',
  environment: { SOURCE_BUCKET: '${source_bucket}', SOURCE_REGION: '${source_region}' },
  policy: sourceObjectStatements('social_medias/'),
});
