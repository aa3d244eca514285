import { mkdir, readdir, rm, writeFile as write } from 'node:fs/promises';
import { join } from 'node:path';
import type { Complaint } from './complaints/draw.ts';
import { RepeatPool } from './complaints/repeats.ts';
import { addAccounts } from './files/recorder.ts';
import { DEFAULT_SMS_HOURS, checkOptions, type GenerateOptions } from './options.ts';
import { CustomerBook } from './people/customers.ts';
import { truthOf, type Run, type WrittenFile } from './run.ts';
import { SentinelBook } from './sentinel-book.ts';
import type { MessageFields } from './sms/messages.ts';
import { experiencesOf, writeAgents } from './sources/agents.ts';
import { CALL_LOGS } from './sources/call-logs.ts';
import { writeComplaintCsv } from './sources/complaint-csv.ts';
import { writeCustomers } from './sources/customers.ts';
import { writeSms } from './sources/sms.ts';
import { writeSocialMedia } from './sources/social-json.ts';
import { WEB_FORMS } from './sources/web-forms.ts';
import { NOTHING } from './defects/plant.ts';
import type { PartitionTruth, SourceTruth, Truth, UnknownValue } from './truth.ts';
import { UsageError } from './usage-error.ts';

const CUSTOMERS = 2_499_948;
const LEAST_CUSTOMERS = 60;
const ROWS_PER_DAY = 379_000 + 279_000 + 37_800;
const ROWS_PER_SMS_HOUR = 20_000;
const FOLDERS = ['customers', 'agents', 'call logs', 'social_medias', 'web_forms', 'sms'] as const;
const TRUTH = 'truth.json';

/**
 * Writes the sources of all days into `out`, in the layout that `npm start -- --sources` takes, and `truth.json` beside
 * them. The same options give the same bytes. Memory stays below a hundred megabytes or so at any scale.
 * @throws UsageError for options that make no sense, or a folder that holds something else.
 */
export async function generateSources(options: GenerateOptions): Promise<Truth> {
  checkOptions(options);
  const { out, days } = options;
  const smsHours = options.smsHours ?? DEFAULT_SMS_HOURS;
  const run = runOf(options, smsHours);
  await prepareFolder(out);
  await write(join(out, TRUTH), `${JSON.stringify({ complete: false })}\n`);

  const files: WrittenFile[] = [await writeCustomers(run), await writeAgents(run)];
  const calls = new RepeatPool<Complaint>();
  const social = new RepeatPool<Complaint>();
  const web = new RepeatPool<Complaint>();
  const messages = new RepeatPool<MessageFields>();
  for (const [d, date] of days.entries()) {
    files.push(await writeComplaintCsv(run, CALL_LOGS, 'file', date, calls));
    files.push(await writeSocialMedia(run, date, social));
    files.push(await writeComplaintCsv(run, WEB_FORMS, 'table', date, web));
    for (const [h, hour] of smsHours.entries()) {
      const isFirst = d === 0 && h === 0;
      const isLast = d === days.length - 1 && h === smsHours.length - 1;
      files.push(await writeSms(run, { date, hour, isFirst, isLast }, messages));
    }
  }

  const truth = gather(run, files, smsHours);
  await write(join(out, TRUTH), `${JSON.stringify(truth, null, 1)}\n`);
  return truth;
}

function runOf(options: GenerateOptions, smsHours: readonly number[]): Run {
  const { out, seed, scale, days, onProgress } = options;
  const book = new CustomerBook(seed, Math.max(LEAST_CUSTOMERS, Math.round(CUSTOMERS * scale)));
  const perDay = (ROWS_PER_DAY + ROWS_PER_SMS_HOUR * smsHours.length) * scale;
  const rowsTotal = Math.round(book.count + perDay * days.length);
  const defects = options.defects ?? 'all';
  let rowsDone = 0;
  return {
    out,
    seed,
    scale,
    days,
    defects,
    effects: options.effects ?? {},
    experiences: experiencesOf(seed, defects),
    withPhone: options.withPhone ?? false,
    book,
    sentinels: new SentinelBook(book),
    onRows: (path, rows) => {
      rowsDone += rows;
      onProgress?.({ rowsDone, rowsTotal: Math.max(rowsTotal, rowsDone), path });
    },
  };
}

/** Removes an earlier generation; leaves anything else alone. */
async function prepareFolder(out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const found = await readdir(out);
  if (found.length === 0) return;
  if (!found.includes(TRUTH)) {
    throw new UsageError(`${out} holds files that this generator did not write; name a new or empty folder.`);
  }
  for (const folder of FOLDERS) await rm(join(out, folder), { recursive: true, force: true });
}

function gather(run: Run, files: readonly WrittenFile[], smsHours: readonly number[]): Truth {
  const partitions = files.map(truthOf);
  return {
    complete: true,
    version: 1,
    seed: run.seed,
    scale: run.scale,
    days: run.days,
    sms_hours: smsHours,
    with_phone: run.withPhone,
    ...(Object.keys(run.effects).length === 0 ? {} : { effects: run.effects }),
    partitions,
    sources: sumBySource(partitions),
    unknown_values: countUnknown(files),
    sentinels: run.sentinels.truth(partitions),
  };
}

function sumBySource(partitions: readonly PartitionTruth[]): Record<string, SourceTruth> {
  const sources: Record<string, SourceTruth> = {};
  for (const { source, accounts, superseded } of partitions) {
    const before = sources[source] ?? { ...NOTHING, partitions: 0, superseded: 0, distinct: 0 };
    sources[source] = {
      ...addAccounts(before, accounts),
      partitions: before.partitions + 1,
      superseded: before.superseded + superseded,
      distinct: before.distinct + accounts.loaded - superseded,
    };
  }
  return sources;
}

function countUnknown(files: readonly WrittenFile[]): UnknownValue[] {
  const counted = new Map<string, UnknownValue>();
  for (const { recorder } of files) {
    const { source } = recorder.partition;
    for (const { column, value } of recorder.unknown) {
      const key = JSON.stringify([source, column, value]);
      counted.set(key, { source, column, value, rows: (counted.get(key)?.rows ?? 0) + 1 });
    }
  }
  return [...counted.values()];
}
