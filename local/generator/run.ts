import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Effects } from './complaints/effects.ts';
import type { DefectChoice } from './defects/kinds.ts';
import { Output } from './files/output.ts';
import type { Recorder } from './files/recorder.ts';
import type { CustomerBook } from './people/customers.ts';
import type { SentinelBook } from './sentinel-book.ts';
import type { PartitionTruth } from './truth.ts';

/** What all files of one generation share. */
export interface Run {
  readonly out: string;
  readonly seed: number;
  readonly scale: number;
  readonly days: readonly string[];
  readonly defects: DefectChoice;
  readonly effects: Effects;
  /** Experience of each agent as the sheet spells it, in the order of their ids. */
  readonly experiences: readonly string[];
  readonly withPhone: boolean;
  readonly book: CustomerBook;
  readonly sentinels: SentinelBook;
  /** Reports that so many rows of a file have been written. */
  readonly onRows: (path: string, rows: number) => void;
}

/** A file that has been written. Its truth is asked for at the end: a later file may yet repeat its rows. */
export interface WrittenFile {
  readonly recorder: Recorder;
  readonly bytes: number;
}

export function truthOf(file: WrittenFile): PartitionTruth {
  return file.recorder.truth(file.bytes);
}

/** Opens the recorder's file, lets `write` fill it and closes it; an unfinished file is removed. */
export async function writeFile(
  run: Run,
  recorder: Recorder,
  write: (output: Output) => Promise<void>,
): Promise<WrittenFile> {
  const path = join(run.out, recorder.partition.path);
  await mkdir(dirname(path), { recursive: true });
  const output = await Output.create(path);
  try {
    await write(output);
    await output.flush();
  } catch (error) {
    await output.close();
    await rm(path, { force: true });
    throw error;
  }
  await output.close();
  return { recorder, bytes: output.offset };
}

/** A whole number that rises by one from day to day, whatever days are generated. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(date) / 86_400_000);
}
