import { defineIngestFunction } from '../../shared/fleet/ingest-function.ts';
import { parameterStatements } from '../../shared/fleet/policies/parameters.ts';
import { contract } from './contract.ts';

export default defineIngestFunction({
  source: {
    contract,
    role: { kind: 'complaints', channel: 'web_form' },
    firstDate: '2025-11-20',
    latenessDays: 0,
    correctionDays: 3,
    locations: [{ type: 'postgres', table: 'web_form_request_{date_}' }],
  },
  impact: 'Web-form complaints of the day are missing from all dashboards; the other channels are complete.',
  environment: {
    DATABASE_PARAMETER_PATH: '${database_parameter_path}',
    DATABASE_SSL_MODE: '${database_ssl_mode}',
    STATEMENT_TIMEOUT_MS: '180000',
    SOURCE_REGION: '${source_region}',
  },
  policy: parameterStatements('company', ['${database_parameter_path}/*']),
});
