import type { RecordSpool } from './record-spool.ts';

/**
 * Field of the canonical records that already is the JSON text of everything the contract does not know (sources of
 * objects have no fixed list of columns).
 */
export const unmappedField = Symbol('unmapped');

/** Raised whenever a framer reads the same bytes differently than before: partitions are then read again. */
export const framingVersion = 1;

/** What a framer found besides the records. */
export interface Framed {
  /** Columns the source has, as it spells them. */
  readonly headers: readonly string[];
  /** What the fields of a canonical record hold, in order: a header, or the unmapped rest. */
  readonly fields: readonly (string | typeof unmappedField)[];
}

/** Reads a whole source into a spool. Throws `SourceUnreadable` when there is nothing that could be a partition. */
export type Framer = (source: AsyncIterable<Uint8Array>, spool: RecordSpool) => Promise<Framed>;
