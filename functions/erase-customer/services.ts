import type { ReadKey } from '../../shared/ingest/suppression/suppressions.ts';
import type { ComparedColumn } from '../../shared/contracts/compared-columns.ts';
import type { ObjectStore } from '../../shared/lake/object-store.ts';
import type { ObjectVersions } from '../../shared/lake/object-versions.ts';
import type { NamedLoad } from '../../shared/warehouse/named-loads.ts';

/** Where the operator leaves the identifiers of a request. */
export interface RequestParameters {
  /** undefined: there is none */
  read(requestId: string): Promise<string | undefined>;
  remove(requestId: string): Promise<void>;
}

/** Columns of every source that are compared with the suppression list. */
export type Subjects = Readonly<Record<string, readonly ComparedColumn[]>>;

export interface EraseServices {
  readonly lake: ObjectStore;
  readonly versions: ObjectVersions;
  readonly parameters: RequestParameters;
  readonly readSuppressionKey: ReadKey;
  readonly subjects: Subjects;
  /** Loads that the warehouse is made of. */
  readonly readLedger: () => Promise<readonly NamedLoad[]>;
  /** Longer than any attempt to ingest lives: what began before may still commit a load that holds the person. */
  readonly settleMs: number;
  /** Whether there is time for another load. */
  readonly hasTime: () => boolean;
  readonly now: () => Date;
}
