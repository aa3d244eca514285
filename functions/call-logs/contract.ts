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
    }),
    column('customer_id', {
      headers: ['customeR iD'],
      description: 'The customer who called.',
      maxBytes: 128,
      tags: ['direct_identifier'],
    }),
    column('complaint_category', {
      headers: ['COMPLAINT_catego ry'],
      description: 'What the call was about.',
    }),
    column('agent_id', {
      headers: ['agent ID'],
      description: 'The agent who took the call.',
      maxBytes: 64,
      tags: ['linkable'],
    }),
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
    column('resolution_status', {
      headers: ['resolutionstatus'],
      description: 'Resolved, Backlog, In-Progress or Blocked.',
    }),
    column('call_logs_generation_date', {
      headers: ['callLogsGenerationDate'],
      description: 'Day the file was made for.',
      check: { type: 'date' },
    }),
  ],
});
