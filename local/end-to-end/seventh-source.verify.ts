import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { branchVisits, visitsOf } from './testing/branch-visits.ts';
import { giveSources } from './testing/given-sources.ts';
import { begin, makeTestFolder, reportOf } from './testing/platform-run.ts';
import { addFiles, copyRepository } from './testing/repository-copy.ts';
import { query } from './testing/warehouse.ts';

const MINUTES = 60_000;
const folder = makeTestFolder();
const clone = join(folder.root, 'clone');
afterAll(() => folder.remove());

it('a seventh source is a folder of functions/ and a staging model', { timeout: 10 * MINUTES }, async () => {
  mkdirSync(clone);
  chmodSync(clone, 0o755);
  copyRepository(clone);
  addFiles(clone, branchVisits);
  execFileSync(join(clone, 'node_modules', '.bin', 'tsc'), ['--noEmit'], { cwd: clone });
  const fleet = await begin(folder, 'fleet', [], clone).ended;
  expect(fleet.exitCode, fleet.output).toBe(0);

  const given = await giveSources(folder, '2025-11-20', { scale: 0.0001 });
  const customer = given.truth.sentinels.customer_ids[0] ?? '';
  addFiles(given.folder, { 'branches/visits_2025-11-20.csv': visitsOf(customer) });
  const ended = await begin(folder, 'start', ['--sources', given.folder], clone).ended;
  expect(ended.exitCode, ended.output).toBe(0);
  expect(ended.leftBehind).toEqual([]);

  const report = reportOf(folder);
  expect(report.reconciled).toBe(true);
  expect(new Set(report.runs.map(({ source }) => source)).size).toBe(7);
  expect(report.runs.find(({ source }) => source === 'branch_visits')).toMatchObject({
    outcome: 'committed',
    rows: { read: 4, loaded: 2, quarantined: 2, deduplicated: 0, erased: 0 },
    warehouse_rows: 2,
    mart_rows: 2,
    superseded_rows: 0,
    reconciled: true,
  });
  expect(
    await query(
      folder.home.warehouse,
      `select channel, category, complaint_bucket is not null as has_bucket, status, is_orphan_customer
        from marts.fct_complaints where source = 'branch_visits' order by category desc`,
    ),
  ).toEqual([
    {
      channel: 'branch',
      category: 'Payments',
      has_bucket: true,
      status: 'Resolved',
      is_orphan_customer: false,
    },
    {
      channel: 'branch',
      category: 'Network Failure',
      has_bucket: true,
      status: 'Backlog',
      is_orphan_customer: false,
    },
  ]);
  expect(
    await query(
      folder.home.warehouse,
      "select channel_name, sources from marts.dim_channels where channel = 'branch'",
    ),
  ).toEqual([{ channel_name: 'Branch', sources: 'branch_visits' }]);
});
