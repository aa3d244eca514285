import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { generateSources } from '../../generator/generate.ts';
import { parseDays, type GenerateOptions } from '../../generator/options.ts';
import type { Truth } from '../../generator/truth.ts';
import type { TestFolder } from './platform-run.ts';

/** A folder of sources as `--sources` takes it, to be damaged and repaired. */
export interface GivenSources {
  readonly folder: string;
  readonly truth: Truth;
  /** Replaces a file's text, or makes it. */
  edit(path: string, change: (text: string) => string): void;
  remove(path: string): void;
  /** Makes the files what they were in the beginning, or not there if they were not. */
  repair(): void;
}

export const callLogs = (date: string, extension = 'csv'): string =>
  `call logs/call_logs_day_${date}.${extension}`;
export const socialMedia = (date: string): string => `social_medias/media_complaint_day_${date}.json`;
export const webForms = (date: string): string =>
  `web_forms/web_form_request_${date.replaceAll('-', '_')}.csv`;
export const smsInbox = (date: string, hour: string): string => `sms/sms_inbox_${date}_${hour}.txt`;

/** Generates tiny sources; without defects but those named. */
export async function giveSources(
  { root }: TestFolder,
  days: string,
  options: Partial<GenerateOptions> = {},
): Promise<GivenSources> {
  const original = join(root, 'original');
  const folder = join(root, 'sources');
  const truth = await generateSources({
    out: original,
    scale: 0.0002,
    days: parseDays(days),
    seed: 11,
    smsHours: [8],
    defects: 'none',
    ...options,
  });
  const repair = (): void => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(original, folder, { recursive: true });
  };
  repair();
  return {
    folder,
    truth,
    repair,
    edit(path, change) {
      let before = '';
      try {
        before = readFileSync(join(folder, path), 'utf8');
      } catch {
        // The file is made.
      }
      writeFileSync(join(folder, path), change(before));
    },
    remove: (path) => rmSync(join(folder, path)),
  };
}

/** The first line of a file. */
export const headerOnly = (text: string): string => text.slice(0, text.indexOf('\n') + 1);

/** Column-oriented JSON with its first `count` records. */
export function firstRecords(text: string, count: number): string {
  const columns = JSON.parse(text) as Record<string, Record<string, unknown>>;
  const keys = new Set(Object.keys(Object.values(columns)[0] ?? {}).slice(0, count));
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [
        name,
        Object.fromEntries(Object.entries(column).filter(([key]) => keys.has(key))),
      ]),
    ),
  );
}
