import type { Cadence } from '../contracts/contract.ts';
import { InvalidRequest } from '../runtime/errors.ts';

/** What an ingest function is asked to do. */
export interface IngestRequest {
  /** `YYYY-MM-DD`, a UTC label */
  readonly date: string;
  /** 0–23; null where the source is not hourly */
  readonly hour: number | null;
  /** Read the source again even if nothing changed. */
  readonly force: boolean;
  /** Commit even if the volume is unusual. */
  readonly acceptVolume: boolean;
  /** Take the partition back: it then stands for no rows. */
  readonly withdraw: boolean;
  /** Id of an earlier load that the partition shall stand for again; null: none. */
  readonly restore: string | null;
}

const fields = ['partition_date', 'partition_hour', 'force', 'accept_volume', 'withdraw', 'restore'];

/** Reads an event; throws `InvalidRequest` naming the field that is wrong. */
export function parseIngestRequest(event: unknown, cadence: Cadence): IngestRequest {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw new InvalidRequest('the event must be an object, such as {"partition_date": "2025-11-20"}');
  const given = new Map<string, unknown>(Object.entries(event));
  for (const name of given.keys())
    if (!fields.includes(name))
      throw new InvalidRequest(`unknown field "${name.slice(0, 64)}"; known are ${fields.join(', ')}`);
  const request = {
    date: dateOf(given.get('partition_date')),
    hour: hourOf(given.get('partition_hour'), cadence),
    force: flagOf(given, 'force'),
    acceptVolume: flagOf(given, 'accept_volume'),
    withdraw: flagOf(given, 'withdraw'),
    restore: loadIdOf(given.get('restore')),
  };
  if (request.restore !== null && (request.force || request.acceptVolume || request.withdraw))
    throw new InvalidRequest('restore stands alone: the source is not read; leave the other options out');
  return request;
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function dateOf(value: unknown): string {
  if (typeof value !== 'string' || !isCalendarDate(value))
    throw new InvalidRequest('partition_date must be a day of the calendar as text, such as "2025-11-20"');
  return value;
}

function hourOf(value: unknown, cadence: Cadence): number | null {
  if (cadence !== 'hourly') {
    if (value === undefined || value === null) return null;
    throw new InvalidRequest(`partition_hour is not for a ${cadence} source; leave it out`);
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 23)
    throw new InvalidRequest('partition_hour must be an hour from 0 to 23 (UTC)');
  return value;
}

function loadIdOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || !/^\d{8}T\d{9}Z-[0-9a-f]{8}$/.test(value))
    throw new InvalidRequest('restore must be the id of a load, such as "20251121T031500123Z-0a1b2c3d"');
  return value;
}

function flagOf(given: ReadonlyMap<string, unknown>, name: string): boolean {
  const value = given.get(name) ?? false;
  if (typeof value !== 'boolean') throw new InvalidRequest(`${name} must be true or false`);
  return value;
}
