import type { ComplaintFormat } from '../complaints/format.ts';
import { makeCallId } from '../complaints/ids.ts';

export const CALL_LOGS: ComplaintFormat = {
  source: 'call_logs',
  rowsPerDay: 379_000,
  knownRows: { '2025-11-21': 378_993 },
  header: [
    '',
    'call ID',
    'customeR iD',
    'COMPLAINT_catego ry',
    'agent ID',
    'call_start_time',
    'call_end_time',
    'resolutionstatus',
    'callLogsGenerationDate',
  ],
  columns: {
    index: 0,
    key: 1,
    customer: 2,
    category: 3,
    agent: 4,
    opened: 5,
    closed: 6,
    status: 7,
    generated: 8,
  },
  closing: 'call',
  makeId: makeCallId,
  path: (date) => `call logs/call_logs_day_${date}.csv`,
  line: (c, index, date) =>
    `${index},${c.id},${c.customerId},${c.category},${c.agent},${c.opened},${c.closed},${c.status},${date}`,
  firstIndex: 7,
};
