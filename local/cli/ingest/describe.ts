import { retriableErrorNames } from '../../../shared/runtime/errors.ts';
import { isObject } from '../../services/json.ts';
import type { IngestCommand } from './command.ts';

/** Errors that say nothing about the request: Lambda's own, and those whose message is withheld. */
const TRANSIENT = ['Sandbox.Timedout', 'Runtime.ExitError', 'UnexpectedError'];

/** One paragraph for a person. An answer that is not of an ingest function is shown as it is. */
export function describeResult(payload: unknown): string {
  if (!isObject(payload) || !isObject(payload['rows'])) return JSON.stringify(payload, null, 2);
  const { source, partition_date: date, partition_hour: hour, outcome, load_id: load, rows } = payload;
  const count = (name: string) => Number(rows[name] ?? 0).toLocaleString('en-US');
  const partition = `${String(date)}${typeof hour === 'number' ? `T${String(hour).padStart(2, '0')}` : ''}`;
  const seconds = (Number(payload['duration_ms'] ?? 0) / 1000).toFixed(1);
  return [
    `✔ ${String(source)} ${partition} ${said(outcome)}${typeof load === 'string' ? `, load ${load}` : ''}`,
    `  ${count('read')} read · ${count('loaded')} loaded · ${count('quarantined')} quarantined · ` +
      `${count('deduplicated')} duplicates · ${count('erased')} erased · ${size(Number(payload['bytes'] ?? 0))} · ${seconds} s`,
    ...(typeof payload['manifest_uri'] === 'string' ? [`  ${payload['manifest_uri']}`] : []),
    ...unmapped(payload['unmapped_columns']),
  ].join('\n');
}

/** The error's name and its one sentence, and whether trying again makes sense. */
export function describeError(payload: unknown, { functionName }: IngestCommand): string {
  if (!isObject(payload)) return `✘ ${functionName} failed: ${JSON.stringify(payload)}`;
  const name = String(payload['errorType']);
  const mayPass = retriableErrorNames.includes(name) || TRANSIENT.includes(name);
  return [
    `✘ ${name}: ${String(payload['errorMessage'])}`,
    mayPass
      ? '  The same command may succeed later.'
      : '  Trying again will not help before something has changed; see docs/runbooks/partition-failed.md.',
  ].join('\n');
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function said(outcome: unknown): string {
  return outcome === 'carried_forward' ? 'carried forward from the partition before' : String(outcome);
}

function unmapped(columns: unknown): string[] {
  if (!Array.isArray(columns) || columns.length === 0) return [];
  return [`  Columns that the contract does not know, kept in _unmapped: ${columns.map(String).join(', ')}`];
}
