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
