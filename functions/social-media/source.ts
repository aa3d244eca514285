import { frameJsonColumns } from '../../shared/ingest/framing/json-columns.ts';
import { s3Source } from '../../shared/ingest/sources/s3-source.ts';
import type { Source } from '../../shared/ingest/source.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';

/** Key of a day's object; `{date}` for the pattern. */
export const socialMediaKey = (date: string): string => `social_medias/media_complaint_day_${date}.json`;

export const socialMediaSource = (store: ObjectStore): Source =>
  s3Source(store, [{ keyOf: ({ date }) => socialMediaKey(date), frame: frameJsonColumns }]);
