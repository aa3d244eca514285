import {
  agentIdColumn,
  categoryColumn,
  customerIdColumn,
  customerInComplaintId,
  statusColumn,
} from '../../shared/contracts/complaint-columns.ts';
import { column, defineContract, exportIndexColumn, keyColumn } from '../../shared/contracts/define.ts';

export const contract = defineContract({
  source: 'call_logs',
  description: 'the complaints of the call centre that a day brought, from a CSV or JSON file in S3',
  version: 1,
  cadence: 'daily',
  key: 'call_id',
  columns: [
    exportIndexColumn('source_index', {
      headers: [''],
      description: 'Index of a larger frame; has gaps and may repeat.',
      maxBytes: 64,
    }),
    keyColumn('call_id', {
      headers: ['call ID'],
      description: 'The call; it embeds the customer’s UUID.',
      maxBytes: 128,
      tags: ['direct_identifier'],
      subject: customerInComplaintId,
    }),
    customerIdColumn('The customer who called.'),
    categoryColumn('What the call was about.'),
    agentIdColumn('The agent who took the call.'),
    column('call_start_time', {
      headers: ['call_start_time'],
      description: 'Start of the call, without zone.',
      check: { type: 'timestamp' },
      tags: ['linkable'],
    }),
    column('call_end_time', {
      headers: ['call_end_time'],
      description: 'End of the call (not of the problem), without zone.',
      check: { type: 'timestamp' },
      tags: ['linkable'],
    }),
    statusColumn,
    column('call_logs_generation_date', {
      headers: ['callLogsGenerationDate'],
      description: 'Day the file was made for.',
      check: { type: 'date' },
    }),
  ],
});
