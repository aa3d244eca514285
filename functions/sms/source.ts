import { frameDelimitedLines } from '../../shared/ingest/framing/delimited-lines.ts';
import { s3Source } from '../../shared/ingest/sources/s3-source.ts';
import type { Source } from '../../shared/ingest/source.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';
import { contract } from './contract.ts';

/** Key of an hour's object; `{date}` and `{hour}` for the pattern. */
export const smsKey = (date: string, hour: string): string => `sms/sms_inbox_${date}_${hour}.txt`;

const headers = contract.columns.map(({ name }) => name);

/** One line a message: four fields parted by `|`, then the text, which may hold `|` itself. */
export const smsSource = (store: ObjectStore): Source =>
  s3Source(store, [
    {
      keyOf: ({ date, hour }) => smsKey(date, String(hour).padStart(2, '0')),
      frame: (bytes, spool) => frameDelimitedLines(bytes, spool, { headers, delimiter: '|' }),
    },
  ]);
