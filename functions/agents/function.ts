import { defineIngestFunction } from '../../shared/fleet/ingest-function.ts';
import { parameterStatements } from '../../shared/fleet/policies/parameters.ts';
import { contract } from './contract.ts';

export default defineIngestFunction({
  source: {
    contract,
    role: { kind: 'dimension' },
    firstDate: '2025-11-20',
    latenessDays: 0,
    correctionDays: 0,
    locations: [{ type: 'google_sheet' }],
  },
  impact: 'New agents and changed experience levels are missing; complaints still arrive, of unknown agents.',
  environment: { GOOGLE_PARAMETER_PATH: '${google_parameter_path}', SOURCE_REGION: '${source_region}' },
  policy: parameterStatements('company', ['${google_parameter_path}/*']),
  temporaryDiskMb: 512,
});
