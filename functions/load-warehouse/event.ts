import { isCalendarDate } from '../../shared/ingest/request.ts';
import type { Partition } from '../../shared/lake/keys.ts';
import { InvalidRequest } from '../../shared/runtime/errors.ts';

const fields = new Set(['source', 'partition_date', 'partition_hour']);

/** Cadence of every source of the fleet. */
export type Cadences = Readonly<Record<string, string>>;

/**
 * The partition that an event `{ source, partition_date, partition_hour? }` names. A source that the fleet does not
 * have, or an hour that does not fit its cadence, would otherwise look like a partition that is only missing.
 * @throws InvalidRequest naming the field that is wrong, missing or unknown.
 */
export function parseEvent(event: unknown, cadences: Cadences): Partition {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new InvalidRequest('The event must be an object with source and partition_date.');
  }
  const values = new Map<string, unknown>(Object.entries(event));
  for (const field of values.keys()) {
    if (!fields.has(field)) throw invalid(field, 'is not a field of this event');
  }
  const source = parseSource(values.get('source'), cadences);
  return {
    source,
    date: parseDate(values.get('partition_date')),
    hour: parseHour(values.get('partition_hour'), cadences[source] === 'hourly'),
  };
}

const invalid = (field: string, problem: string): InvalidRequest =>
  new InvalidRequest(`${field} ${problem}.`, { details: { field } });

function parseSource(value: unknown, cadences: Cadences): string {
  if (typeof value !== 'string' || !Object.hasOwn(cadences, value)) {
    throw invalid('source', `must be one of ${Object.keys(cadences).join(', ')}`);
  }
  return value;
}

function parseDate(value: unknown): string {
  if (typeof value === 'string' && isCalendarDate(value)) return value;
  throw invalid('partition_date', 'must be a calendar date, YYYY-MM-DD');
}

function parseHour(value: unknown, isHourly: boolean): number | null {
  if (!isHourly) {
    if (value === undefined || value === null) return null;
    throw invalid('partition_hour', 'is not for a source that is not hourly; leave it out');
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 23) {
    throw invalid('partition_hour', 'must be an integer from 0 to 23');
  }
  return value;
}
