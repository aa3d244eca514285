import type { invoke } from './functions.ts';

/** Brings the warehouse's schema up to date; answers a sentence on what was done. */
export async function migrate(call: typeof invoke, prefix: string): Promise<string> {
  const result = await call(`${prefix}migrate-warehouse`, {});
  const applied = Array.isArray(result['applied']) ? result['applied'].map(String) : [];
  return applied.length === 0
    ? 'the warehouse has every migration'
    : `${applied.length} migrations applied: ${applied.join(', ')}`;
}
