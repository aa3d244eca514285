import type { ColumnContract, SubjectColumn } from './contract.ts';
import { column } from './define.ts';

/** Columns that the exports of structured complaints have in common, spelt alike in all of them. */

/** Complaint ids embed the customer's UUID without its dashes, after the letter K, Q or X. */
export const customerInComplaintId: SubjectColumn = {
  kind: 'customer_id',
  within: '[KQX]([0-9a-fA-F]{32})',
};

export const customerIdColumn = (description: string): ColumnContract =>
  column('customer_id', {
    headers: ['customeR iD'],
    description,
    maxBytes: 128,
    tags: ['direct_identifier'],
    subject: { kind: 'customer_id', within: null },
  });

export const categoryColumn = (description: string): ColumnContract =>
  column('complaint_category', { headers: ['COMPLAINT_catego ry'], description });

export const agentIdColumn = (description: string): ColumnContract =>
  column('agent_id', { headers: ['agent ID'], description, maxBytes: 64, tags: ['linkable'] });

export const statusColumn: ColumnContract = column('resolution_status', {
  headers: ['resolutionstatus'],
  description: 'Resolved, Backlog, In-Progress or Blocked.',
});

/** When a written complaint was made and, once it is, resolved. */
export const requestTimeColumns: readonly ColumnContract[] = [
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
];
