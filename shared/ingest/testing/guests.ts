import { column, defineContract, keyColumn } from '../../contracts/define.ts';
import type { Contract } from '../../contracts/contract.ts';

/** A source whose rows are about people, in every way that a contract can say so. */
export const guests: Contract = defineContract({
  source: 'visits',
  description: 'visits of guests',
  version: 1,
  cadence: 'daily',
  key: 'visit_id',
  thresholds: { rejectRows: 10_000 },
  columns: [
    keyColumn('visit_id', {
      headers: ['visit'],
      description: 'The visit; may embed the guest.',
      tags: ['direct_identifier'],
      subject: { kind: 'customer_id', within: '[KQX]([0-9a-fA-F]{32})' },
    }),
    column('guest_id', {
      headers: ['guest'],
      description: 'The guest.',
      maxBytes: 64,
      tags: ['direct_identifier'],
      subject: { kind: 'customer_id', within: null },
    }),
    column('phone', {
      headers: ['phone'],
      description: 'Their number.',
      tags: ['direct_identifier'],
      subject: { kind: 'phone', within: null },
    }),
    column('visited_on', { headers: ['on'], description: 'Day.', check: { type: 'date' } }),
    column('note', { headers: ['note'], description: 'What was said.', tags: ['free_text'] }),
  ],
});

export const guestsHeader = 'visit,guest,phone,on,note\n';

export const erasedGuest = '6f1d8b2e-0c3a-4f5b-9d7e-1a2b3c4d5e6f';
export const erasedPhone = '+46701234567';

/** One row for every way in which the erased guest may be named, and where it would end if nobody were erased. */
export const rowsOfErased: readonly (readonly [
  row: string,
  place: 'loaded' | 'quarantined' | 'deduplicated',
])[] = [
  [`e1,${erasedGuest},,2025-01-01,by id`, 'loaded'],
  [`e2, ${erasedGuest.toUpperCase()} ,,2025-01-01,by id in upper case and blanks`, 'loaded'],
  [`AbcK${erasedGuest.replaceAll('-', '')}77,,,2025-01-01,by the id within the key`, 'loaded'],
  ['e3,,0046 70-123 45 67,2025-01-01,by phone', 'loaded'],
  [`e4,other,,2025-01-01,"wrote: I am ${erasedGuest}, call me"`, 'loaded'],
  [`e5,${erasedGuest},,2025-02-30,no such day`, 'quarantined'],
  [`,${erasedGuest},,2025-01-01,no key`, 'quarantined'],
  [`e6,${erasedGuest}`, 'quarantined'],
  [`e7,"${erasedGuest},broken quotes`, 'quarantined'],
  [`e8,${erasedGuest},,2025-01-01,twice`, 'deduplicated'],
  [`e8,${erasedGuest},,2025-01-01,twice`, 'loaded'],
  [`e9,${erasedGuest},,2025-01-01,first`, 'quarantined'],
  [`e9,${erasedGuest},,2025-01-01,last`, 'loaded'],
];
