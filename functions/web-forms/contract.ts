import { column, defineContract, exportIndexColumn, keyColumn } from '../../shared/contracts/define.ts';

export const contract = defineContract({
  source: 'web_forms',
  description: 'the complaints from the web form that a day brought, from a table of the source database',
  version: 1,
  cadence: 'daily',
  key: 'request_id',
  columns: [
    exportIndexColumn('source_index', {
      headers: ['Column1', 'column1'],
      description: 'Index of a larger frame; has gaps and may repeat.',
      maxBytes: 64,
    }),
    keyColumn('request_id', {
      headers: ['request_id'],
      description: 'The request; it embeds the customer’s UUID.',
      maxBytes: 128,
      tags: ['direct_identifier'],
    }),
    column('customer_id', {
      headers: ['customeR iD'],
      description: 'The customer who complained.',
      maxBytes: 128,
      tags: ['direct_identifier'],
    }),
    column('complaint_category', {
      headers: ['COMPLAINT_catego ry'],
      description: 'What the complaint is about.',
    }),
    column('agent_id', {
      headers: ['agent ID'],
      description: 'The agent who has it.',
      maxBytes: 64,
      tags: ['linkable'],
    }),
    column('resolution_status', {
      headers: ['resolutionstatus'],
      description: 'Resolved, Backlog, In-Progress or Blocked.',
    }),
    column('request_date', {
      headers: ['request_date'],
      description: 'When the complaint was made, without zone.',
      check: { type: 'timestamp' },
      tags: ['linkable'],
    }),
    column('resolution_date', {
      headers: ['resolution_date'],
      description: 'When it was resolved, without zone; empty while it is not.',
      check: { type: 'timestamp' },
      tags: ['linkable'],
    }),
    column('web_form_generation_date', {
      headers: ['webFormGenerationDate'],
      description: 'Day the table was made for.',
      check: { type: 'date' },
    }),
  ],
});
