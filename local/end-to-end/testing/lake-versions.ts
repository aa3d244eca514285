import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';

import { ObjectStore } from '../../../shared/lake/object-store.ts';
import { ObjectVersions } from '../../../shared/lake/object-versions.ts';
import { LAKE_BUCKET } from '../../services/names.ts';
import type { Platform } from '../../services/platform.ts';
import type { Place } from './privacy.ts';

/** Every version of every object of the lake, Parquet read out as rows; in lower case. */
export async function lakeVersions({ clients }: Platform): Promise<Place[]> {
  const lake = new ObjectStore(clients.s3, LAKE_BUCKET);
  const directory = mkdtempSync(join(tmpdir(), 'versions-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const places: Place[] = [];
  try {
    for await (const { key, versionId, isMarker } of new ObjectVersions(clients.s3, LAKE_BUCKET).list('')) {
      if (isMarker) continue;
      const path = join(directory, String(places.length));
      await lake.download(key, path, versionId);
      const from = key.endsWith('.parquet') ? `read_parquet('${path}')` : `read_text('${path}')`;
      const rows = (await connection.runAndReadAll(`select * from ${from}`)).getRowObjectsJson();
      places.push({ name: `${key} ${versionId}`, content: Buffer.from(JSON.stringify(rows).toLowerCase()) });
    }
    return places;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(directory, { recursive: true, force: true });
  }
}
