import { column, defineContract, keyColumn } from '../../shared/contracts/define.ts';

export const contract = defineContract({
  source: 'agents',
  description: 'the customer-care agents as of a day: one record per agent, from a private Google Sheet',
  version: 1,
  cadence: 'snapshot',
  key: 'agent_id',
  columns: [
    keyColumn('agent_id', {
      headers: ['iD'],
      description: 'The agent; the API may hand it over as a number.',
      maxBytes: 64,
      tags: ['direct_identifier'],
    }),
    column('name', {
      headers: ['NamE'],
      description: 'Full name.',
      maxBytes: 512,
      tags: ['direct_identifier'],
    }),
    column('experience', {
      headers: ['experience'],
      description: 'intern, Junior, Mid-level or Senior.',
      maxBytes: 64,
      tags: ['quasi_identifier'],
    }),
    column('state', {
      headers: ['state'],
      description: 'US state, full name.',
      maxBytes: 128,
      tags: ['quasi_identifier'],
    }),
  ],
});
