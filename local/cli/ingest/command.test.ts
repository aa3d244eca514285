import { expect, it } from 'vitest';

import { UsageError, parseCommand } from './command.ts';
import { describeError, describeResult } from './describe.ts';

it('makes an event of a day', () => {
  expect(parseCommand(['call-logs', '2025-11-20', '--force', '--accept-volume', '--local'])).toEqual({
    functionName: 'call-logs',
    event: { partition_date: '2025-11-20', force: true, accept_volume: true },
    isLocal: true,
    isJson: false,
  });
});

it('makes an event of an hour', () => {
  expect(parseCommand(['sms', '2025-11-20T08', '--withdraw', '--json'])).toMatchObject({
    event: { partition_date: '2025-11-20', partition_hour: 8, withdraw: true },
    isJson: true,
  });
});

it.each([
  [['call-logs']],
  [['call-logs', '20.11.2025']],
  [['call-logs', '2025-11-20T8']],
  [['call-logs', '2025-11-20', '2025-11-21']],
  [['call-logs', '2025-11-20', '--forse']],
  [['call-logs', '2025-11-20', '--force=yes']],
])('refuses %j', (args) => {
  expect(() => parseCommand(args)).toThrow(UsageError);
});

it('tells a person what was done', () => {
  const said = describeResult({
    source: 'sms',
    partition_date: '2025-11-20',
    partition_hour: 8,
    outcome: 'committed',
    load_id: 'L1',
    rows: { read: 3800, loaded: 3792, quarantined: 7, deduplicated: 1, erased: 0 },
    bytes: 1_234_567,
    manifest_uri: 's3://lake/m.json',
    unmapped_columns: ['mood'],
    duration_ms: 640,
  });
  expect(said.split('\n')).toEqual([
    '✔ sms 2025-11-20T08 committed, load L1',
    '  3,800 read · 3,792 loaded · 7 quarantined · 1 duplicates · 0 erased · 1.2 MB · 0.6 s',
    '  s3://lake/m.json',
    '  Columns that the contract does not know, kept in _unmapped: mood',
  ]);
});

it('tells whether trying again makes sense', () => {
  const command = {
    functionName: 'sms',
    event: { partition_date: '2025-11-20' },
    isLocal: true,
    isJson: false,
  };
  expect(describeError({ errorType: 'SourceNotReady', errorMessage: 'm' }, command)).toContain(
    'may succeed later',
  );
  expect(describeError({ errorType: 'Sandbox.Timedout', errorMessage: 'm' }, command)).toContain(
    'may succeed later',
  );
  expect(describeError({ errorType: 'SchemaDrift', errorMessage: 'no column' }, command)).toBe(
    '✘ SchemaDrift: no column\n  Trying again will not help before something has changed; see docs/runbooks/partition-failed.md.',
  );
});
