import {
  agentIdColumn,
  categoryColumn,
  customerIdColumn,
  customerInComplaintId,
  requestTimeColumns,
  statusColumn,
} from '../../shared/contracts/complaint-columns.ts';
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
      subject: customerInComplaintId,
    }),
    customerIdColumn('The customer who complained.'),
    categoryColumn('What the complaint is about.'),
    agentIdColumn('The agent who has it.'),
    statusColumn,
    ...requestTimeColumns,
    column('web_form_generation_date', {
      headers: ['webFormGenerationDate'],
      description: 'Day the table was made for.',
      check: { type: 'date' },
    }),
  ],
});
