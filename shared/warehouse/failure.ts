import {
  ConfigurationError,
  WarehouseBusy,
  WarehouseRejected,
  type PlatformError,
} from '../runtime/errors.ts';

/** Why a statement failed, as far as the engine's message tells; the message itself is never passed on. */
export type FailureReason =
  /** one of our own assertions, by its constant text */
  | 'assertion'
  | 'busy'
  | 'relation_missing'
  | 'permission_denied'
  | 'value_too_long'
  | 'file_unreadable'
  | 'unknown';

export interface BatchFailure {
  /** Label of the statement that failed; null when the batch failed as a whole. */
  readonly statement: string | null;
  readonly reason: FailureReason;
  /** The constant text of the assertion that failed; null where it was something else. */
  readonly assertion: string | null;
  readonly statementId: string;
}

/** Wording of Redshift's messages; the first that matches decides. */
const wordings: readonly (readonly [RegExp, FailureReason])[] = [
  [/permission denied|not authorized|must be owner|Access ?Denied|Status 403/i, 'permission_denied'],
  [
    /serializable isolation|deadlock|could not obtain lock|lock timeout|too many (?:concurrent|connections)|concurrent(?:ly)? (?:updated|transaction)|duplicate key value violates unique constraint "?pg_|cancell?ed|statement timeout|connection|shutting down|Disk Full|Status 503|S3 could not be reached/i,
    'busy',
  ],
  [/length of the data column|value too long|String length exceeds/i, 'value_too_long'],
  [
    /(?:relation|schema|table|column|database) "?[\w.]+"? (?:of relation "?\w+"? )?does not exist/i,
    'relation_missing',
  ],
  [
    /S3ServiceException|Spectrum Scan Error|manifest|incompatible Parquet|File size mismatch/i,
    'file_unreadable',
  ],
];

/**
 * Redshift's leader node quotes the whole text that is no integer, its compute nodes surely the first character:
 * `Invalid digit, Value 's', Pos 0, Type: Integer`.
 */
const isAssertion = (message: string, assertion: string): boolean =>
  message.includes(assertion) || message.includes(`Invalid digit, Value '${assertion.charAt(0)}', Pos 0`);

/** Sorts an engine's message; `assertion` is the constant text that the statement fails with on purpose. */
export function reasonOf(message: string, assertion: string | undefined): FailureReason {
  if (assertion !== undefined && isAssertion(message, assertion)) return 'assertion';
  return wordings.find(([pattern]) => pattern.test(message))?.[1] ?? 'unknown';
}

/** The error to raise for a failure that the caller has no answer to; `work` says what was tried. */
export function failureError({ statement, reason, statementId }: BatchFailure, work: string): PlatformError {
  const details = { statement, reason, statement_id: statementId };
  switch (reason) {
    case 'busy':
      return new WarehouseBusy(`${work} did not go through: the warehouse is busy; try again later.`, {
        details,
      });
    case 'permission_denied':
      return new ConfigurationError(
        `${work} was refused for lack of a permission (statement "${statement}"). Check the grants of the function's database user and the COPY role's access to the lake.`,
        { details },
      );
    case 'relation_missing':
      return new ConfigurationError(
        `${work} needs a table or column that the warehouse does not have (statement "${statement}"). Run migrate-warehouse.`,
        { details },
      );
    case 'value_too_long':
      return new WarehouseRejected(
        `${work} was rejected: a value is longer than its column. Compare the contract's sizes with the raw table; nothing was changed.`,
        { details },
      );
    case 'file_unreadable':
      return new WarehouseRejected(
        `${work} was rejected: a file of the load is missing or not as the manifest says. Ingest the partition again with "force"; nothing was changed.`,
        { details },
      );
    case 'assertion':
    case 'unknown':
      return new WarehouseRejected(
        `${work} was rejected by the warehouse (statement "${statement}"); nothing was changed. Look the statement up by its id in the warehouse's query history.`,
        { details },
      );
  }
}
