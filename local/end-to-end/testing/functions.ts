import { setTimeout as sleep } from 'node:timers/promises';

import type { Partition } from '../../../shared/lake/keys.ts';
import { retriableErrorNames } from '../../../shared/runtime/errors.ts';
import { invoke, type FunctionAnswer } from '../../cli/ingest/invoke.ts';
import { REGION } from '../../services/names.ts';
import { type Platform, startPlatform } from '../../services/platform.ts';
import { stageSources } from '../../services/sources.ts';
import type { TestFolder } from './platform-run.ts';
import { query, rowsAsText } from './warehouse.ts';

/** Services with staged sources and a migrated warehouse; functions are invoked by the tests. */
export async function startServices({ home }: TestFolder, sources: string): Promise<Platform> {
  const platform = await startPlatform({ home: home.root });
  try {
    await stageSources(platform, sources);
    const { failed, payload } = await call(platform, 'migrate-warehouse', {});
    if (failed) throw new Error(JSON.stringify(payload));
    return platform;
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

export const call = ({ environment }: Platform, name: string, event: object): Promise<FunctionAnswer> =>
  invoke(name, event, { region: REGION, environment });

/** The two functions of a partition's way, in order, as `[name, event]`. */
export function stepsOf({ source, date, hour }: Partition): [string, object][] {
  const when = { partition_date: date, ...(hour !== null && { partition_hour: hour }) };
  return [
    [source.replaceAll('_', '-'), when],
    ['load-warehouse', { source, ...when }],
  ];
}

/** Calls as the orchestrator does: again after an error that may pass. Throws after one that does not. */
export async function callUntilDone(platform: Platform, name: string, event: object): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const { failed, payload } = await call(platform, name, event);
    if (!failed) return payload;
    const error = errorOf(payload);
    const mayPass = retriableErrorNames.includes(error) || error === 'Runtime.ExitError';
    if (!mayPass || attempt === 6)
      throw new Error(`${name} ${JSON.stringify(event)}: ${JSON.stringify(payload)}`);
    await sleep(500);
  }
}

export const errorOf = (payload: unknown): string =>
  typeof payload === 'object' && payload !== null && 'errorType' in payload ? String(payload.errorType) : '';

/** Kills whatever runs this function now; says whether there was something. */
export async function kill({ endpoints }: Platform, name: string): Promise<boolean> {
  const instances = (await (await fetch(`${endpoints.lambda}/local/instances`)).json()) as {
    readonly function: string;
    readonly pid: number;
    readonly busy: boolean;
  }[];
  const victims = instances.filter((one) => one.function === name && one.busy);
  for (const { pid } of victims)
    await fetch(`${endpoints.lambda}/local/instances/${pid}`, { method: 'DELETE' });
  return victims.length > 0;
}

/** What differs from attempt to attempt, in raw tables and ledger. */
const OF_THE_ATTEMPT: readonly string[] = [
  '_load_id',
  '_loaded_at',
  'load_id',
  'loaded_at',
  'committed_at',
  'commit_seq',
  'manifest_uri',
];

/** Raw rows, ledger and details of some sources, without what differs from attempt to attempt. Services must be down. */
export async function warehouseStateOf(
  { home }: TestFolder,
  sources: readonly string[],
): Promise<Record<string, readonly string[]>> {
  const state: Record<string, readonly string[]> = {};
  for (const table of ['load_ledger', 'load_details', ...sources].map((name) => `raw_data.${name}`))
    state[table] = await rowsAsText(home.warehouse, table, OF_THE_ATTEMPT);
  return state;
}

/** Raw rows of loads that no ledger row names: leftovers. */
export async function unnamedRows({ home }: TestFolder, source: string): Promise<number> {
  const [row] = await query(
    home.warehouse,
    `select cast(count(*) as integer) as n from raw_data.${source}
      where _load_id not in (select load_id from raw_data.load_ledger where source = '${source}' and load_id is not null)`,
  );
  return Number(row?.['n']);
}
