import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSources } from '../generate.ts';
import { parseDays, type GenerateOptions } from '../options.ts';
import type { PartitionTruth, Truth } from '../truth.ts';

export interface Generated {
  readonly out: string;
  readonly truth: Truth;
  /** Partitions of a source, in order. */
  readonly of: (source: string) => PartitionTruth[];
  readonly read: (path: string) => Promise<Buffer>;
  readonly remove: () => Promise<void>;
}

/** Generates four days of tiny sources into a folder of their own, unless told otherwise. */
export async function generateIntoTemp(options: Partial<GenerateOptions> = {}): Promise<Generated> {
  const out = await mkdtemp(join(tmpdir(), 'generator-'));
  const days = parseDays('2025-11-20..2025-11-23');
  const truth = await generateSources({ scale: 0.0001, days, seed: 5, ...options, out });
  return {
    out,
    truth,
    of: (source) => truth.partitions.filter((partition) => partition.source === source),
    read: (path) => readFile(join(out, path)),
    remove: () => rm(out, { recursive: true, force: true }),
  };
}
