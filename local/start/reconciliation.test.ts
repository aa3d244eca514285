import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readReconciliation } from './reconciliation.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'reconciliation-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Another process that writes to the warehouse for a while. */
const writer = `
  import { DuckDBInstance } from '@duckdb/node-api';
  const instance = await DuckDBInstance.create(process.argv[1]);
  const connection = await instance.connect();
  await connection.run(\`create schema quality; create table quality.reconciliation as select 'sms' as source,
    date '2026-02-26' as partition_date, 8 as partition_hour, true as is_committed, 5 as warehouse_rows,
    1 as superseded_rows, 4 as mart_rows, true as is_reconciled, cast(null as varchar) as difference\`);
  console.log('writing');
  setTimeout(() => { connection.closeSync(); instance.closeSync(); }, 700);
`;

describe('the reconciliation', () => {
  it('is empty before anything was built', async () => {
    expect(await readReconciliation(join(directory, 'none.duckdb'))).toEqual(new Map());
  });

  it('is read once whoever writes to the warehouse is done', async () => {
    const warehouse = join(directory, 'warehouse.duckdb');
    const child = spawn(process.execPath, ['--input-type=module', '--eval', writer, warehouse], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const [[, row] = []] = await readReconciliation(warehouse);
    expect(row).toEqual({
      isCommitted: true,
      warehouseRows: 5,
      supersededRows: 1,
      martRows: 4,
      isReconciled: true,
      difference: null,
    });
  });
});
