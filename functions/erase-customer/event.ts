import { InvalidRequest } from '../../shared/runtime/errors.ts';

/** What is asked of the function. It never holds an identifier: those lie in a parameter named after the request. */
export interface EraseEvent {
  readonly requestId: string;
  /** `erase`: register and rewrite; `purge`: remove old versions for good; `lift`: take the person in again. */
  readonly action: 'erase' | 'purge' | 'lift';
}

const fields = ['request_id', 'purge', 'lift'];

/** Reads an event; throws `InvalidRequest` naming the field that is wrong. */
export function parseEvent(event: unknown): EraseEvent {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw new InvalidRequest('the event must be an object, such as {"request_id": "DSR-2026-0142"}');
  const given = new Map<string, unknown>(Object.entries(event));
  // A field that is not known may hold an identifier: its name is not repeated.
  if ([...given.keys()].some((name) => !fields.includes(name)))
    throw new InvalidRequest(
      `the event has a field other than ${fields.join(', ')}. Identifiers do not belong into it: events are kept by dead-letter queues`,
    );
  const isPurge = flagOf(given, 'purge');
  const isLift = flagOf(given, 'lift');
  if (isPurge && isLift) throw new InvalidRequest('purge and lift are two different things; ask for one');
  return {
    requestId: requestIdOf(given.get('request_id')),
    action: isPurge ? 'purge' : isLift ? 'lift' : 'erase',
  };
}

function requestIdOf(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9-]{2,63}$/.test(value))
    throw new InvalidRequest(
      'request_id must be the number of the request: 3 to 64 letters, digits and dashes, such as "DSR-2026-0142"',
    );
  return value;
}

function flagOf(given: ReadonlyMap<string, unknown>, name: string): boolean {
  const value = given.get(name) ?? false;
  if (typeof value !== 'boolean') throw new InvalidRequest(`${name} must be true or false`);
  return value;
}
