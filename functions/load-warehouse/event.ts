import type { Partition } from '../../shared/lake/keys.ts';
import { InvalidRequest } from '../../shared/runtime/errors.ts';

const fields = new Set(['source', 'partition_date', 'partition_hour']);

/**
 * The partition that an event `{ source, partition_date, partition_hour? }` names.
 * @throws InvalidRequest naming the field that is wrong, missing or unknown.
 */
export function parseEvent(event: unknown): Partition {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new InvalidRequest('The event must be an object with source and partition_date.');
  }
  const values = new Map<string, unknown>(Object.entries(event));
  for (const field of values.keys()) {
    if (!fields.has(field)) throw invalid(field, 'is not a field of this event');
  }
  return {
    source: parseSource(values.get('source')),
    date: parseDate(values.get('partition_date')),
    hour: parseHour(values.get('partition_hour')),
  };
}

const invalid = (field: string, problem: string): InvalidRequest =>
  new InvalidRequest(`${field} ${problem}.`, { details: { field } });

function parseSource(value: unknown): string {
  if (typeof value !== 'string' || !/^[a-z][a-z0-9_]{0,62}$/.test(value)) {
    throw invalid('source', 'must be a source id such as call_logs');
  }
  return value;
}

function parseDate(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const day = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)) return value;
  }
  throw invalid('partition_date', 'must be a calendar date, YYYY-MM-DD');
}

function parseHour(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 23) {
    throw invalid('partition_hour', 'must be an integer from 0 to 23');
  }
  return value;
}
