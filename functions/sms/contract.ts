import { column, defineContract, keyColumn } from '../../shared/contracts/define.ts';

export const contract = defineContract({
  source: 'sms',
  description: 'the messages to the service number that an hour brought, from a text file in S3',
  version: 1,
  cadence: 'hourly',
  key: 'message_id',
  // Hours differ tenfold within a day, and a quiet hour is an hour all the same.
  mayBeEmpty: true,
  thresholds: { volumeLow: 0, volumeHigh: 10 },
  columns: [
    keyColumn('message_id', {
      headers: ['message_id'],
      description: 'The message.',
      maxBytes: 128,
      tags: ['linkable'],
    }),
    column('received_at', {
      headers: ['received_at'],
      description: 'When the message arrived, RFC 3339 with offset.',
      check: { type: 'offset_timestamp' },
      tags: ['linkable'],
    }),
    column('sender_msisdn', {
      headers: ['sender_msisdn'],
      description: 'Number of the sender, E.164.',
      maxBytes: 64,
      tags: ['direct_identifier'],
      subject: { kind: 'phone', within: null },
    }),
    column('short_code', {
      headers: ['short_code'],
      description: 'The service number it was sent to.',
      maxBytes: 64,
    }),
    column('message_text', {
      headers: ['message_text'],
      description: 'What the customer wrote; line ends and backslashes escaped as \\n and \\\\.',
      maxBytes: 65_535,
      tags: ['free_text'],
    }),
  ],
});
