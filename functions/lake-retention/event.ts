import { InvalidRequest } from '../../shared/runtime/errors.ts';

export interface RetentionEvent {
  /** Only say what would be removed. */
  readonly dryRun: boolean;
}

/** Reads an event; throws `InvalidRequest` naming the field that is wrong. */
export function parseEvent(event: unknown): RetentionEvent {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw new InvalidRequest('the event must be an object: {} or {"dry_run": true}');
  const given = new Map<string, unknown>(Object.entries(event));
  for (const name of given.keys())
    if (name !== 'dry_run')
      throw new InvalidRequest(`unknown field "${name.slice(0, 64)}"; known is dry_run`);
  const dryRun = given.get('dry_run') ?? false;
  if (typeof dryRun !== 'boolean') throw new InvalidRequest('dry_run must be true or false');
  return { dryRun };
}
