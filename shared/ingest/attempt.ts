import type { Contract } from '../contracts/contract.ts';
import type { Partition } from '../lake/keys.ts';
import type { ObjectStore } from '../lake/object-store.ts';
import type { StoredPointer } from '../lake/pointer.ts';
import type { IngestRequest } from './request.ts';
import type { Source } from './source.ts';
import type { ReadKey } from './suppression/suppressions.ts';

export interface IngestServices {
  readonly lake: ObjectStore;
  readonly source: Source;
  /** The key of the suppression list. */
  readonly readSuppressionKey: ReadKey;
  readonly now: () => Date;
}

/** State of one attempt to ingest a partition. */
export interface Attempt {
  readonly contract: Contract;
  readonly partition: Partition;
  readonly request: IngestRequest;
  readonly services: IngestServices;
  readonly loadId: string;
  /** The pointer as it was before the source was opened; only that one may be replaced. */
  readonly before: StoredPointer | undefined;
  readonly digest: string;
}
