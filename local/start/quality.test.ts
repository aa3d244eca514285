import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFindings, renderQuality, type QualityFinding } from './quality.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'quality-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function warehouseOf(...statements: string[]): Promise<string> {
  const path = join(directory, 'warehouse.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  return path;
}

const finding = (check: string, level: 'warn' | 'fail', number = 1): QualityFinding => ({
  check,
  level,
  source: 'sms',
  partition_date: '2025-11-20',
  partition_hour: 8,
  message: `sms 2025-11-20T08: ${check} ${number}.`,
});

describe('findings', () => {
  it('are none before anything was built, or where an earlier version built it', async () => {
    expect(await readFindings(join(directory, 'none.duckdb'))).toEqual([]);
    expect(await readFindings(await warehouseOf('create schema quality'))).toEqual([]);
  });

  it('are the checks that are not ok, oldest first', async () => {
    const warehouse = await warehouseOf(
      'create schema quality',
      `create table quality.checks as
        select * from (values
          ('schema_changes', 'columns', 'warn', 'call_logs', date '2025-11-21', -1, 'later'),
          ('rejected_share', 'records', 'ok', 'sms', date '2025-11-20', 8, 'fine'),
          ('rejected_share', 'records', 'fail', 'sms', date '2025-11-20', 9, 'too many')
        ) as rows (check_id, subject, level, source, partition_date, partition_hour, message)`,
    );
    expect(await readFindings(warehouse)).toEqual([
      {
        check: 'rejected_share',
        level: 'fail',
        source: 'sms',
        partition_date: '2025-11-20',
        partition_hour: 9,
        message: 'too many',
      },
      {
        check: 'schema_changes',
        level: 'warn',
        source: 'call_logs',
        partition_date: '2025-11-21',
        partition_hour: null,
        message: 'later',
      },
    ]);
  });
});

describe('what is said of them', () => {
  it('is that there are none', () => {
    expect(renderQuality([])).toEqual(['No data-quality warnings.']);
  });

  it('is how many of what kind, and where they and what to do stand', () => {
    const lines = renderQuality([
      finding('schema_changes', 'warn'),
      finding('new_unknown_values', 'warn'),
      finding('new_unknown_values', 'warn'),
    ]);
    expect(lines).toEqual([
      '3 data-quality warnings: new_unknown_values 2, schema_changes 1.',
      expect.stringMatching(/quality\.checks.*docs\/runbooks\/data-quality\.md/),
    ]);
  });

  it('names what is beyond a limit, ten at most', () => {
    const failures = Array.from({ length: 12 }, (_, index) => finding('rejected_share', 'fail', index));
    const lines = renderQuality(failures);
    expect(lines[0]).toBe('12 data-quality checks beyond the limit:');
    expect(lines.slice(1, 11)).toEqual(failures.slice(0, 10).map(({ message }) => `  ${message}`));
    expect(lines[11]).toBe('  … and 2 more');
    expect(renderQuality([finding('rejected_share', 'fail')])[0]).toBe(
      '1 data-quality check beyond the limit:',
    );
  });
});
