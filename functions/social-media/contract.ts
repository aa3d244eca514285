import {
  agentIdColumn,
  categoryColumn,
  customerIdColumn,
  customerInComplaintId,
  requestTimeColumns,
  statusColumn,
} from '../../shared/contracts/complaint-columns.ts';
import { column, defineContract, keyColumn } from '../../shared/contracts/define.ts';

export const contract = defineContract({
  source: 'social_media',
  description: 'the complaints on social media that a day brought, from a column-oriented JSON file in S3',
  version: 1,
  cadence: 'daily',
  key: 'complaint_id',
  columns: [
    keyColumn('complaint_id', {
      headers: ['complaint_id'],
      description: 'The complaint; it embeds the customer’s UUID.',
      maxBytes: 128,
      tags: ['direct_identifier'],
      subject: customerInComplaintId,
    }),
    customerIdColumn('The customer who complained.'),
    categoryColumn('What the complaint is about.'),
    agentIdColumn('The agent who has it.'),
    statusColumn,
    ...requestTimeColumns,
    column('media_channel', {
      headers: ['media_channel'],
      description: 'Instagram, Twitter, Facebook or LinkedIn.',
    }),
    column('media_complaint_generation_date', {
      headers: ['MediaComplaintGenerationDate'],
      description: 'Day the file was made for.',
      check: { type: 'date' },
    }),
  ],
});
