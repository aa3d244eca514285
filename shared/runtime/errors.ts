/**
 * The errors a function may end with. The name says what kind of trouble it is, the message is one sentence for
 * the operator that says what to do, `details` are fields for the log. None of them may carry a value of a row, a
 * password, or the text of an engine's own error (which may quote rows).
 */
export interface ErrorOptionsWithDetails {
  readonly details?: Readonly<Record<string, unknown>>;
  /** Kept for debugging in a test; never logged, since messages of engines quote rows. */
  readonly cause?: unknown;
}

export abstract class PlatformError extends Error {
  /** Whether the same request may succeed later without anyone changing anything. */
  abstract readonly retriable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, options: ErrorOptionsWithDetails = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.details = options.details ?? {};
  }
}

abstract class RetriableError extends PlatformError {
  readonly retriable = true;
}
abstract class TerminalError extends PlatformError {
  readonly retriable = false;
}

/** The event is not one this function understands. */
export class InvalidRequest extends TerminalError {}
/** The partition's file, table or sheet is not there (yet). */
export class SourceNotReady extends RetriableError {}
/** The source did not answer, or refused us. */
export class SourceUnavailable extends RetriableError {}
/** The source answered with something that cannot be a partition: empty, cut off, ambiguous. */
export class SourceUnreadable extends TerminalError {}
/** A required column is missing, or a header appears twice. */
export class SchemaDrift extends TerminalError {}
/** More rows were rejected than the contract allows. */
export class TooManyRejects extends TerminalError {}
/** The number of rows is far from that of earlier partitions. */
export class VolumeOutOfRange extends TerminalError {}
/** Two independent counts of the same thing disagree. */
export class VerificationFailed extends TerminalError {}
/** Another attempt committed the partition first, with other content. */
export class CommitConflict extends RetriableError {}
/** The warehouse could not take the work now. */
export class WarehouseBusy extends RetriableError {}
/** The warehouse refused the work. */
export class WarehouseRejected extends TerminalError {}
/** A setting, parameter or permission of this deployment is missing or wrong. */
export class ConfigurationError extends TerminalError {}

const errorTypes = [
  InvalidRequest,
  SourceNotReady,
  SourceUnavailable,
  SourceUnreadable,
  SchemaDrift,
  TooManyRejects,
  VolumeOutOfRange,
  VerificationFailed,
  CommitConflict,
  WarehouseBusy,
  WarehouseRejected,
  ConfigurationError,
] as const;

/** Names of the errors worth a retry, for the orchestrator. */
export const retriableErrorNames: readonly string[] = errorTypes
  .filter((type) => new type('').retriable)
  .map((type) => type.name);
