import type { ComplaintFormat } from '../complaints/format.ts';
import { makeSocialId } from '../complaints/ids.ts';

export const SOCIAL_MEDIA: ComplaintFormat = {
  source: 'social_media',
  rowsPerDay: 37_800,
  knownRows: { '2025-11-21': 37_863 },
  header: [
    'complaint_id',
    'customeR iD',
    'COMPLAINT_catego ry',
    'agent ID',
    'resolutionstatus',
    'request_date',
    'resolution_date',
    'media_channel',
    'MediaComplaintGenerationDate',
  ],
  columns: {
    key: 0,
    customer: 1,
    category: 2,
    agent: 3,
    status: 4,
    opened: 5,
    closed: 6,
    platform: 7,
    generated: 8,
  },
  closing: 'ticket',
  makeId: makeSocialId,
  path: (date) => `social_medias/media_complaint_day_${date}.json`,
  line: (c, _index, date) =>
    `${c.id},${c.customerId},${c.category},${c.agent},${c.status},${c.opened},${c.closed},${c.platform},${date}`,
  firstIndex: 0,
};
