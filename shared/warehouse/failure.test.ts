import { describe, expect, it } from 'vitest';
import { failureError, reasonOf, type FailureReason } from './failure.ts';

/** Messages as Redshift words them. */
const messages: readonly (readonly [string, FailureReason])[] = [
  [
    'ERROR: 1023 Detail: Serializable isolation violation on table - 1, transactions forming the cycle',
    'busy',
  ],
  ["ERROR: Query (123) cancelled on user's request", 'busy'],
  ['ERROR: deadlock detected', 'busy'],
  ['ERROR: could not obtain lock on the warehouse file', 'busy'],
  ['ERROR: Disk Full', 'busy'],
  ['ERROR: relation "raw_data.sms" does not exist', 'relation_missing'],
  ['ERROR: schema "raw_data" does not exist', 'relation_missing'],
  ['ERROR: column "mood" of relation "visits" does not exist', 'relation_missing'],
  ['ERROR: permission denied for relation load_ledger', 'permission_denied'],
  ['ERROR: S3ServiceException:Access Denied,Status 403,Error AccessDenied', 'permission_denied'],
  [
    'ERROR: Spectrum Scan Error Detail: error: Spectrum Scan Error code: 15007 context: The length of the data column note is longer than the length defined in the table. Table: 10, Data: 13',
    'value_too_long',
  ],
  ['ERROR: value too long for type character varying(10)', 'value_too_long'],
  [
    'ERROR: S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey',
    'file_unreadable',
  ],
  ['ERROR: Spectrum Scan Error: File has an incompatible Parquet schema for column', 'file_unreadable'],
  ['ERROR: S3ServiceException:Please reduce your request rate.,Status 503,Error SlowDown', 'busy'],
  ['ERROR: something new', 'unknown'],
];

describe('a failure message', () => {
  it.each(messages)('%s → %s', (message, reason) => {
    expect(reasonOf(message, 'stale commit')).toBe(reason);
  });

  it('holds an assertion in either wording of a failed cast', () => {
    const compute =
      "ERROR: Invalid digit, Value 's', Pos 0, Type: Integer Detail: error: Invalid digit code: 1207 context: stale commit";
    expect(reasonOf(compute, 'stale commit')).toBe('assertion');
    const short = "ERROR: Invalid digit, Value 's', Pos 0, Type: Integer";
    expect(reasonOf(short, 'stale commit')).toBe('assertion');
    expect(reasonOf('ERROR: invalid input syntax for integer: "stale commit"', 'stale commit')).toBe(
      'assertion',
    );
    expect(reasonOf('ERROR: invalid input syntax for integer: "stale commit"', undefined)).toBe('unknown');
  });
});

describe('the error for a failure', () => {
  it.each<[FailureReason, string]>([
    ['busy', 'WarehouseBusy'],
    ['permission_denied', 'ConfigurationError'],
    ['relation_missing', 'ConfigurationError'],
    ['value_too_long', 'WarehouseRejected'],
    ['file_unreadable', 'WarehouseRejected'],
    ['unknown', 'WarehouseRejected'],
  ])('%s is %s', (reason, name) => {
    const failure = { statement: 'copy', reason, assertion: null, statementId: 'id' };
    expect(failureError(failure, 'Loading sms')).toMatchObject({
      name,
      retriable: reason === 'busy',
      details: { statement: 'copy', reason, statement_id: 'id' },
    });
  });
});
