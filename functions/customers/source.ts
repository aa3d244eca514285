import { frameCsv } from '../../shared/ingest/framing/csv.ts';
import { s3Source } from '../../shared/ingest/sources/s3-source.ts';
import type { Source } from '../../shared/ingest/source.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';

/** One object for every day: what it holds when it is read stands for the day it is read for. */
export const customersKey = 'customers/customers_dataset.csv';

export const customersSource = (store: ObjectStore): Source =>
  s3Source(store, [{ keyOf: () => customersKey, frame: frameCsv }]);
