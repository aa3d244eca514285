import type { Partition } from '../lake/keys.ts';
import type { Framed } from './framing/framed.ts';
import type { RecordSpool } from './framing/record-spool.ts';

/** One place that a source's partitions are read from. */
export interface Source {
  /**
   * Looks at a partition without reading it where that is possible. Throws `SourceNotReady` when it is not there,
   * `SourceUnreadable` when it is ambiguous, `SourceUnavailable` or `ConfigurationError` when we cannot tell.
   */
  open(partition: Partition): Promise<OpenedSource>;
}

export interface OpenedSource {
  /** Where the records come from, for the metadata of every row. */
  readonly uri: string;
  /** Identity of the content if it is known before reading (an object's ETag and size), else undefined. */
  readonly fingerprint: string | undefined;
  /** Reads everything into the spool. */
  read(spool: RecordSpool): Promise<ReadSource>;
}

export interface ReadSource {
  readonly framed: Framed;
  /** Identity of the content that was read; equal content has equal fingerprints. */
  readonly fingerprint: string;
}
