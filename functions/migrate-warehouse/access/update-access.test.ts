import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRedshiftData, type RedshiftDataService } from '../../../local/services/redshift-data/server.ts';
import { visits } from '../../../local/services/redshift-data/testing/test-lake.ts';
import {
  adminWarehouseOf,
  clientFor,
  warehouseOf,
} from '../../../local/services/redshift-data/testing/world.ts';
import { rawTable } from '../../../shared/warehouse/raw-tables.ts';
import type { Row } from '../../../shared/warehouse/rows.ts';
import type { Statement, Warehouse } from '../../../shared/warehouse/warehouse.ts';
import { applyMigrations, prepare } from '../apply-migrations.ts';
import { migrations } from '../migrations/index.ts';
import { updateRawTables } from '../raw-tables.ts';
import { updateAccess } from './update-access.ts';

const input = { rawTables: [rawTable(visits)], copyRoleArn: 'arn:aws:iam::000000000000:role/copy' };

let directory: string;
let service: RedshiftDataService;
let admin: Warehouse;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'access-test-'));
  service = await startRedshiftData({
    port: 0,
    databaseFile: join(directory, 'warehouse.duckdb'),
    s3Endpoint: 'http://127.0.0.1:1',
    log: (line) => console.error(line),
  });
  admin = adminWarehouseOf(clientFor(service.port), 60_000);
  await prepare(admin);
  await applyMigrations(admin, migrations, () => new Date());
  await updateRawTables(admin, input.rawTables);
});
afterEach(async () => {
  await service.close();
  await rm(directory, { recursive: true, force: true });
});

const run = (...sqls: string[]): Promise<string> =>
  admin.execute(
    'test',
    sqls.map((sql): Statement => ({ label: sql, sql })),
  );
const query = (sql: string): Promise<Row[]> => admin.query('test', sql);
const masksOf = (table: string): Promise<Row[]> =>
  query(`select output_columns, policy_name, grantee from svv_attached_masking_policy
    where table_name = '${table}' order by output_columns, priority, grantee`);

describe('updating access', () => {
  it('makes roles and policies, grants what the matrix says and masks every tagged column', async () => {
    const made = await updateAccess(admin, input);

    expect(made).toContain('create role pii_reader');
    expect(made).toContain('grant usage on schema marts to role analyst');
    expect(made).toContain('grant insert on raw_data.visits to role ingest');
    expect(made).toContain('grant role sys:secadmin to role transform');
    expect(await masksOf('key_material')).toEqual([
      { output_columns: '["key_value"]', policy_name: 'mask_varchar', grantee: 'public' },
      { output_columns: '["key_value"]', policy_name: 'show_varchar', grantee: 'admin' },
      { output_columns: '["key_value"]', policy_name: 'show_varchar', grantee: 'transform' },
    ]);
  });

  it('lets the loader see the hashes that it adds up', async () => {
    await updateAccess(admin, input);
    expect(await masksOf('visits')).toContainEqual({
      output_columns: '["_record_hash"]',
      policy_name: 'show_bigint',
      grantee: 'ingest',
    });
  });

  it('a second time finds nothing to do', async () => {
    await updateAccess(admin, input);
    expect(await updateAccess(admin, input)).toEqual([]);
  });

  it('revokes what is no longer wanted and restores what somebody took away', async () => {
    await updateAccess(admin, input);
    await run(
      'grant select on raw_data.visits to role analyst',
      'grant usage on schema raw_data to public',
      'grant role sys:secadmin to role analyst',
      'revoke usage on schema marts from role leadership',
      'detach masking policy mask_varchar on raw_data.visits (_unmapped) from public',
      'attach masking policy show_varchar on restricted.key_material (key_value) to role analyst priority 10',
    );

    expect((await updateAccess(admin, input)).toSorted()).toEqual([
      'attach masking policy mask_varchar on raw_data.visits (_unmapped) to public priority 0',
      'detach masking policy show_varchar on restricted.key_material (key_value) from role analyst',
      'grant usage on schema marts to role leadership',
      'revoke role sys:secadmin from role analyst',
      'revoke select on raw_data.visits from role analyst',
      'revoke usage on schema raw_data from public',
    ]);
  });

  it('leaves users, foreign roles and relations of dbt alone', async () => {
    await updateAccess(admin, input);
    await run(
      'create role bi_tool',
      'create table marts.dim_dates (date_day date)',
      'grant usage on schema marts to role bi_tool',
      'grant select on marts.dim_dates to role analyst',
      'grant select on raw_data.visits to "IAMR:somebody"',
    );
    expect(await updateAccess(admin, input)).toEqual([]);
  });

  it('is for the admin only', async () => {
    const guest = warehouseOf(clientFor(service.port), 30_000);
    await expect(updateAccess(guest, input)).rejects.toMatchObject({ name: 'ConfigurationError' });
  });
});
