import { frameCsv } from '../../shared/ingest/framing/csv.ts';
import { frameJsonRecords } from '../../shared/ingest/framing/json-records.ts';
import { s3Source } from '../../shared/ingest/sources/s3-source.ts';
import type { Source } from '../../shared/ingest/source.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';
import { contract } from './contract.ts';

const keyFor = (date: string, extension: 'csv' | 'json'): string =>
  `call logs/call_logs_day_${date}.${extension}`;

/** Patterns of the objects' keys. */
export const callLogKeys = [keyFor('{date}', 'csv'), keyFor('{date}', 'json')] as const;

/** One object a day, CSV or JSON; both at once are refused, since they may differ. */
export const callLogsSource = (store: ObjectStore): Source =>
  s3Source(store, [
    { keyOf: ({ date }) => keyFor(date, 'csv'), frame: frameCsv },
    {
      keyOf: ({ date }) => keyFor(date, 'json'),
      frame: (bytes, spool) => frameJsonRecords(bytes, spool, contract.columns),
    },
  ]);
