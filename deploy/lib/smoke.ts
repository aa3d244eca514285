import { DeployError } from './command.ts';
import type { invoke } from './functions.ts';

export interface SmokePartition {
  readonly source: string;
  readonly date: string;
  /** null: not an hourly source. */
  readonly hour: number | null;
}

/**
 * Ingests and loads one partition and ingests it again, which must change nothing. Answers a line per step; throws
 * DeployError, naming both numbers, when accounts differ.
 */
export async function smoke(
  call: typeof invoke,
  prefix: string,
  { source, date, hour }: SmokePartition,
): Promise<string[]> {
  const partition = { partition_date: date, ...(hour !== null && { partition_hour: hour }) };
  const ingest = `${prefix}${source.replaceAll('_', '-')}`;
  const landed = await call(ingest, partition);
  const { read, loaded, aside } = accountsOf(ingest, landed['rows']);
  expectEqual(`records that ${ingest} read, and records it accounts for`, read, loaded + aside);

  const load = await call(`${prefix}load-warehouse`, { source, ...partition });
  if (load['outcome'] !== 'loaded' && load['outcome'] !== 'unchanged')
    throw new DeployError(`${prefix}load-warehouse ended with "${String(load['outcome'])}".`);
  expectEqual('load that the lake and the warehouse name', landed['load_id'], load['load_id']);
  expectEqual('rows of the load in the lake and in the warehouse', loaded, load['rows_loaded']);

  const again = await call(ingest, partition);
  expectEqual('load before and after a second run', landed['load_id'], again['load_id']);
  const label = `${source} ${date}${hour === null ? '' : ` ${hour} h`}`;
  return [
    `${label} ${String(landed['outcome'])}: ${read} read = ${loaded} loaded + ${aside} put aside`,
    `${label} in the warehouse: ${load['outcome']}, ${loaded} rows`,
    `${label} a second time: ${String(again['outcome'])}`,
  ];
}

/** Rows of an ingest function's answer; `aside` are those quarantined, doubled or erased. */
function accountsOf(name: string, rows: unknown): { read: number; loaded: number; aside: number } {
  const fields =
    typeof rows === 'object' && rows !== null ? new Map<string, unknown>(Object.entries(rows)) : new Map();
  const count = (field: string): number => {
    const value: unknown = fields.get(field);
    if (typeof value === 'number') return value;
    throw new DeployError(`${name} answers no number of rows ${field}.`);
  };
  return {
    read: count('read'),
    loaded: count('loaded'),
    aside: count('quarantined') + count('deduplicated') + count('erased'),
  };
}

function expectEqual(what: string, one: unknown, other: unknown): void {
  if (one !== other) throw new DeployError(`The ${what} differ: ${String(one)} and ${String(other)}.`);
}
