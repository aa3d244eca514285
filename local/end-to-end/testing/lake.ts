import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import { loadPrefix, pointerKey, type Partition } from '../../../shared/lake/keys.ts';
import type { Manifest } from '../../../shared/lake/manifest.ts';
import type { Pointer } from '../../../shared/lake/pointer.ts';
import type { Home } from '../../services/home.ts';
import { ACCOUNT, LAKE_BUCKET } from '../../services/names.ts';
import { query } from './warehouse.ts';

/** One record that was set aside. */
export interface Quarantined {
  readonly ordinal: number;
  readonly kind: string;
  readonly reasons: string;
  readonly raw: string;
}

/** What a partition stands for, without anything that differs from attempt to attempt. */
export interface LakeView {
  readonly rows: Manifest['rows'];
  readonly reasons: Manifest['reasons'];
  readonly hash_sum: string;
  readonly unmapped_columns: readonly string[];
  /** Loaded rows as text, sorted, without load id and load time. */
  readonly loaded: readonly string[];
}

const lakeFolder = (home: Home): string => join(home.lakeStore, ACCOUNT, LAKE_BUCKET);

export const pointerOf = (home: Home, partition: Partition): Pointer =>
  JSON.parse(readFileSync(join(lakeFolder(home), pointerKey(partition)), 'utf8')) as Pointer;

export function manifestOf(home: Home, partition: Partition): Manifest {
  const uri = pointerOf(home, partition).manifest_uri ?? '';
  return JSON.parse(readFileSync(pathOf(home, uri), 'utf8')) as Manifest;
}

/** Keys of all objects of the lake that are no data: pointers, manifests, evidence. */
export function textObjectsOf(home: Home): { readonly key: string; readonly text: string }[] {
  return readdirSync(lakeFolder(home), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ key: relative(lakeFolder(home), path), text: readFileSync(path, 'utf8') }));
}

/** What the partition's committed load set aside, in the order of the source. */
export async function quarantineOf(home: Home, partition: Partition): Promise<Quarantined[]> {
  const { quarantine_files: files } = manifestOf(home, partition);
  if (files.length === 0) return [];
  const rows = await query(
    ':memory:',
    `select source_row, kind, reasons, cast(raw as varchar) as raw
      from read_parquet([${files.map(({ uri }) => literal(pathOf(home, uri))).join(', ')}], hive_partitioning = false)
      order by source_row`,
  );
  return rows.map((row) => ({
    ordinal: Number(row['source_row']),
    kind: String(row['kind']),
    reasons: String(row['reasons']),
    raw: String(row['raw']),
  }));
}

export async function lakeViewOf(home: Home, partition: Partition): Promise<LakeView> {
  const { rows, reasons, hash_sum, unmapped_columns, files } = manifestOf(home, partition);
  const found = await query(
    ':memory:',
    `select * exclude (_load_id, _loaded_at)
      from read_parquet([${files.map(({ uri }) => literal(pathOf(home, uri))).join(', ')}], hive_partitioning = false)`,
  );
  const loaded = found.map((row) => JSON.stringify(row)).toSorted();
  return { rows, reasons, hash_sum, unmapped_columns, loaded };
}

/** Loads of a partition that lie in the lake, named by its pointer or not. */
export const loadsOf = (home: Home, partition: Partition): string[] =>
  readdirSync(join(lakeFolder(home), loadPrefix(partition, ''), '..')).filter((name) =>
    name.startsWith('load='),
  );

const pathOf = (home: Home, uri: string): string =>
  join(lakeFolder(home), uri.replace(`s3://${LAKE_BUCKET}/`, ''));

const literal = (path: string): string => `'${path.replaceAll("'", "''")}'`;
