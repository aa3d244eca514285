import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Accounts, PartitionTruth } from '../truth.ts';
import {
  frameColumns,
  frameCsv,
  frameMessages,
  isDay,
  isOffsetTime,
  isTime,
  settle,
  type Rules,
} from './recount.ts';

const RULES: Readonly<Record<string, Rules>> = {
  customers: { key: 0, checks: { 3: isDay, 4: isDay } },
  agents: { key: 0, checks: {} },
  call_logs: { key: 1, index: 0, checks: { 5: isTime, 6: isTime, 8: isDay } },
  social_media: { key: 0, checks: { 5: isTime, 6: isTime, 8: isDay } },
  web_forms: { key: 1, index: 0, checks: { 6: isTime, 7: isTime, 8: isDay } },
  sms: { key: 0, checks: { 1: isOffsetTime } },
};

export interface Recounted {
  readonly header: readonly string[];
  readonly accounts: Accounts;
  /** Loaded rows. */
  readonly loaded: readonly (readonly string[])[];
}

/** Reads a generated file and counts what must become of its records. */
export async function recount(out: string, partition: PartitionTruth): Promise<Recounted> {
  const bytes = await readFile(join(out, partition.path));
  const rules = RULES[partition.source];
  if (rules === undefined) throw new Error(`No rules for ${partition.source}`);
  if (partition.source === 'sms') return { header: [], ...settle(frameMessages(bytes), rules) };
  const { header, records } = partition.source === 'social_media' ? frameColumns(bytes) : frameCsv(bytes);
  return { header, ...settle(records, rules) };
}
