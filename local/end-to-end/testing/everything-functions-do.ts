import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PutParameterCommand } from '@aws-sdk/client-ssm';

import type { FunctionDeclaration } from '../../../shared/fleet/declaration.ts';
import { SUPPRESSION_KEY_PARAMETER } from '../../services/names.ts';
import type { Platform } from '../../services/platform.ts';
import { stageSources } from '../../services/sources.ts';
import { call, errorOf } from './functions.ts';
import type { GivenSources } from './given-sources.ts';

/** Days of the sources, and one that they know nothing of. */
export const [FIRST, SECOND, LATER] = ['2025-11-20', '2025-11-21', '2025-12-31'] as const;

interface IngestFunction {
  readonly name: string;
  readonly source: string;
  readonly hours: { readonly partition_hour?: number };
  readonly readsTheBucket: boolean;
}

/**
 * Invokes every function so that it makes each kind of call that it ever makes: partitions that are landed, landed again,
 * restored; that are not there; that cannot be trusted; a person who is erased. Functions without a part in it are found
 * by their policies, of which nothing is used then.
 */
export async function everythingThatFunctionsDo(
  platform: Platform,
  fleet: readonly FunctionDeclaration[],
  given: GivenSources,
): Promise<void> {
  const ingestFunctions = fleet.flatMap(describe);
  await succeeds(platform, 'migrate-warehouse', {});
  await landAndRestore(platform, ingestFunctions);
  await eraseSomebody(platform, given.truth.sentinels.customer_ids[0] ?? '');
  for (const { name, hours } of ingestFunctions)
    await succeeds(platform, name, { partition_date: FIRST, ...hours, force: true });
  const { removed } = await succeeds(platform, 'lake-retention', {});
  if (removed?.loads === 0) throw new Error('nothing was there to be cleaned away');
  await succeeds(platform, 'lake-retention', { dry_run: true });

  spoil(given.folder);
  await stageSources(platform, given.folder);
  for (const { name, hours } of ingestFunctions)
    await fails(
      platform,
      name,
      { partition_date: SECOND, ...hours },
      /SourceUnreadable|SchemaDrift|TooManyRejects/,
    );
  const nothing = join(given.folder, '..', 'nothing');
  mkdirSync(nothing);
  await stageSources(platform, nothing);
  for (const { name, hours } of ingestFunctions.filter(({ readsTheBucket }) => readsTheBucket))
    await fails(platform, name, { partition_date: LATER, ...hours }, /SourceNotReady/);
}

const describe = ({ name, source, environment }: FunctionDeclaration): IngestFunction[] =>
  source === undefined
    ? []
    : [
        {
          name,
          source: source.contract.source,
          hours: source.contract.cadence === 'hourly' ? { partition_hour: 8 } : {},
          readsTheBucket: 'SOURCE_BUCKET' in environment,
        },
      ];

async function landAndRestore(platform: Platform, functions: readonly IngestFunction[]): Promise<void> {
  for (const { name, source, hours } of functions) {
    const partition = { partition_date: FIRST, ...hours };
    const landed = await succeeds(platform, name, partition);
    await succeeds(platform, name, { ...partition, force: true });
    await succeeds(platform, name, { ...partition, restore: landed.load_id });
    await succeeds(platform, 'load-warehouse', { source, ...partition });
    await succeeds(platform, 'load-warehouse', { source, partition_date: LATER, ...hours });
  }
}

/** Erases a customer from lake and warehouse, to the last version. */
async function eraseSomebody(platform: Platform, customerId: string): Promise<void> {
  const request = { request_id: 'DSR-2026-0001' };
  await platform.clients.ssm.send(
    new PutParameterCommand({
      Name: `${SUPPRESSION_KEY_PARAMETER}_requests/${request.request_id}`,
      Value: JSON.stringify({ customer_id: [customerId] }),
      Type: 'SecureString',
    }),
  );
  const { partitions = [] } = await succeeds(platform, 'erase-customer', request);
  for (const { partition_hour: hour, ...partition } of partitions)
    await succeeds(platform, 'load-warehouse', {
      ...partition,
      ...(hour !== null && { partition_hour: hour }),
    });
  const { outcome } = await succeeds(platform, 'erase-customer', { ...request, purge: true });
  if (outcome !== 'purged' || partitions.length === 0) throw new Error(`nobody was erased: ${outcome}`);
}

interface Answer {
  readonly outcome: string;
  readonly load_id?: string;
  readonly removed?: { readonly loads: number };
  readonly partitions?: readonly {
    readonly source: string;
    readonly partition_date: string;
    readonly partition_hour: number | null;
  }[];
}

async function succeeds(platform: Platform, name: string, event: object): Promise<Answer> {
  const { failed, payload } = await call(platform, name, event);
  if (failed) throw new Error(`${name} ${JSON.stringify(event)}: ${JSON.stringify(payload)}`);
  return payload as Answer;
}

/** Throws unless the function fails with an error of such a name. */
export async function fails(platform: Platform, name: string, event: object, error: RegExp): Promise<void> {
  const { failed, payload } = await call(platform, name, event);
  if (!failed || !error.test(errorOf(payload)))
    throw new Error(`${name} ${JSON.stringify(event)}: ${JSON.stringify(payload)}`);
}

/** Makes every file of the sources one that no function can take for a partition. */
function spoil(sources: string): void {
  const contents: Readonly<Record<string, string>> = {
    json: '[]',
    csv: 'nonsense\nx\n',
    txt: 'no message\n'.repeat(150),
  };
  for (const entry of readdirSync(sources, { recursive: true, withFileTypes: true })) {
    const content = contents[entry.name.split('.').at(-1) ?? ''];
    if (entry.isFile() && content !== undefined) writeFileSync(join(entry.parentPath, entry.name), content);
  }
}
