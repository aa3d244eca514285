import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { SOURCE_BUCKET } from './names.ts';
import type { Platform } from './platform.ts';
import { withDatabase } from './postgres/server.ts';
import { type BucketChanges, mirrorFolder } from './sources/bucket.ts';
import { type UnreadableLine, readCsv } from './sources/csv-rows.ts';
import { type StagedTable, dropOtherTables, stageTable } from './sources/web-form-tables.ts';

/** What the services hold after staging. */
export interface StagedSources {
  readonly bucket: BucketChanges;
  readonly tables: readonly StagedTable[];
  /** Tables of files that are there no more. */
  readonly droppedTables: readonly string[];
  /** Rows of the agents' sheet without its header; null when there is no agents file and so no sheet. */
  readonly agents: number | null;
  /** Lines that could not be staged, in file order. */
  readonly problems: readonly StagingProblem[];
}

export interface StagingProblem extends UnreadableLine {
  /** Relative to the sources' folder. */
  readonly file: string;
}

const AGENTS_FILE = join('agents', 'agents.csv');
const WEB_FORMS = 'web_forms';
const WEB_FORM_FILE = /^web_form_request_\d{4}_\d{2}_\d{2}\.csv$/;

/**
 * Puts a folder of sources where the functions look for them: `agents/agents.csv` into the Google sheet,
 * `web_forms/web_form_request_YYYY_MM_DD.csv` into PostgreSQL, every other file into the source bucket under its
 * relative path. The services then hold this folder's sources and no others; what has not changed is left alone.
 */
export async function stageSources(
  platform: Pick<Platform, 'clients' | 'database' | 'sheets'>,
  folder: string,
): Promise<StagedSources> {
  const agents = await stageAgents(platform, join(folder, AGENTS_FILE));
  const [bucket, webForms] = await Promise.all([
    mirrorFolder(platform.clients.s3, SOURCE_BUCKET, folder, ['agents', WEB_FORMS]),
    stageWebForms(platform, join(folder, WEB_FORMS)),
  ]);
  const problems = [
    ...agents.problems.map((problem) => ({ file: AGENTS_FILE, ...problem })),
    ...webForms.tables.flatMap(({ table, problems: found }) =>
      found.map((problem) => ({ file: join(WEB_FORMS, `${table}.csv`), ...problem })),
    ),
  ];
  return { bucket, tables: webForms.tables, droppedTables: webForms.dropped, agents: agents.rows, problems };
}

async function stageAgents(
  { sheets }: Pick<Platform, 'sheets'>,
  file: string,
): Promise<{ rows: number | null; problems: readonly UnreadableLine[] }> {
  if (!existsSync(file)) {
    sheets.fill(null);
    return { rows: null, problems: [] };
  }
  const csv = readCsv(await readFile(file), { sameWidth: false });
  const rows = [...csv.rows];
  sheets.fill(csv.header.length === 0 ? [] : [csv.header, ...rows]);
  return { rows: rows.length, problems: csv.problems };
}

async function stageWebForms(
  { database }: Pick<Platform, 'database'>,
  folder: string,
): Promise<{ tables: StagedTable[]; dropped: string[] }> {
  const files = existsSync(folder)
    ? (await readdir(folder)).filter((name) => WEB_FORM_FILE.test(name)).toSorted()
    : [];
  return withDatabase(database, async (client) => {
    const tables: StagedTable[] = [];
    for (const file of files)
      tables.push(await stageTable(client, basename(file, '.csv'), join(folder, file)));
    return {
      tables,
      dropped: await dropOtherTables(
        client,
        tables.map(({ table }) => table),
      ),
    };
  });
}
