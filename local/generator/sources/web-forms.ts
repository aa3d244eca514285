import type { ComplaintFormat } from '../complaints/format.ts';
import { makeRequestId } from '../complaints/ids.ts';

/**
 * The rows of a PostgreSQL table of text columns, as CSV. It holds no defect that such a table cannot hold. Its index has
 * seven digits throughout, so that it sorts alike as text and as number.
 */
export const WEB_FORMS: ComplaintFormat = {
  source: 'web_forms',
  rowsPerDay: 279_000,
  knownRows: { '2025-11-21': 278_985 },
  header: [
    'Column1',
    'request_id',
    'customeR iD',
    'COMPLAINT_catego ry',
    'agent ID',
    'resolutionstatus',
    'request_date',
    'resolution_date',
    'webFormGenerationDate',
  ],
  columns: {
    index: 0,
    key: 1,
    customer: 2,
    category: 3,
    agent: 4,
    status: 5,
    opened: 6,
    closed: 7,
    generated: 8,
  },
  closing: 'ticket',
  makeId: makeRequestId,
  path: (date) => `web_forms/web_form_request_${date.replaceAll('-', '_')}.csv`,
  line: (c, index, date) =>
    `${index},${c.id},${c.customerId},${c.category},${c.agent},${c.status},${c.opened},${c.closed},${date}`,
  firstIndex: 1_000_003,
};
