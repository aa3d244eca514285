import { column, defineContract, keyColumn, optionalColumn } from '../../shared/contracts/define.ts';

export const contract = defineContract({
  source: 'customers',
  description: 'the customers as of a day: one record per customer, from a CSV export in S3',
  version: 1,
  cadence: 'snapshot',
  key: 'customer_id',
  columns: [
    keyColumn('customer_id', {
      headers: ['customer_id'],
      description: 'The customer, a UUID.',
      maxBytes: 128,
      tags: ['direct_identifier'],
      subject: { kind: 'customer_id', within: null },
    }),
    column('name', {
      headers: ['name'],
      description: 'Full name.',
      maxBytes: 512,
      tags: ['direct_identifier'],
    }),
    column('gender', {
      headers: ['Gender'],
      description: 'M or F.',
      maxBytes: 64,
      tags: ['quasi_identifier'],
    }),
    column('date_of_birth', {
      headers: ['DATE of biRTH'],
      description: 'Date of birth.',
      check: { type: 'date' },
      tags: ['quasi_identifier'],
    }),
    column('signup_date', {
      headers: ['signup_date'],
      description: 'Date the customer signed up.',
      check: { type: 'date' },
      tags: ['linkable'],
    }),
    column('email', {
      headers: ['email'],
      description: 'E-mail address; its domain may be misspelt.',
      maxBytes: 512,
      tags: ['direct_identifier'],
      subject: { kind: 'email', within: null },
    }),
    column('address', {
      headers: ['address'],
      description: 'US postal address over two lines.',
      maxBytes: 2048,
      tags: ['direct_identifier'],
    }),
    optionalColumn('phone', {
      headers: ['phone'],
      description: 'Telephone number, E.164.',
      maxBytes: 64,
      tags: ['direct_identifier'],
      subject: { kind: 'phone', within: null },
    }),
    optionalColumn('location', {
      headers: ['location'],
      description: 'Place of residence as the source describes it.',
      maxBytes: 512,
      tags: ['quasi_identifier'],
    }),
  ],
});
