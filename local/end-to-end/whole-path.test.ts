import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { personalValues, type PartitionTruth, type Truth } from '../generator/truth.ts';
import { readCalls } from '../services/iam/recorder.ts';
import type { PartitionReport, RunReport } from '../start/report.ts';
import { alertsOf, warningsOf } from './testing/alerts.ts';
import { complaintsInMarts, complaintsWhere, expectedComplaints, planted } from './testing/complaints.ts';
import { quarantineDifferences } from './testing/expected-quarantine.ts';
import { manifestOf, quarantineOf, textObjectsOf } from './testing/lake.ts';
import { askOracle } from './testing/oracle.ts';
import { makeTestFolder, reportOf, start, type Ended } from './testing/platform-run.ts';
import { filesIn, leaks, secretsOf, tablesAsPlaces } from './testing/privacy.ts';
import { refusedCalls } from './testing/unused-permissions.ts';
import { hashesOf, query, tablesIn } from './testing/warehouse.ts';

const OPTIONS = ['--scale', '0.0002', '--days', '2025-11-20..2025-11-21', '--seed', '7'];
const MINUTES = 60_000;

const folder = makeTestFolder();
const { home } = folder;
const sources = join(home.root, 'sources');
let first: Ended;
let report: RunReport;
let truth: Truth;

beforeAll(async () => {
  first = await start(folder, ...OPTIONS);
  if (first.exitCode !== 0) throw new Error(first.output);
  report = reportOf(folder);
  truth = JSON.parse(readFileSync(join(sources, 'truth.json'), 'utf8')) as Truth;
}, 10 * MINUTES);

afterAll(() => folder.remove());

/** Entries of the report that stand for a partition of the truth; a snapshot stands for both days. */
const runsOf = ({ source, partition_date: date, partition_hour: hour }: PartitionTruth): PartitionReport[] =>
  report.runs.filter(
    (run) =>
      run.source === source && (date === null || run.partition_date === date) && run.partition_hour === hour,
  );

const partitionOf = ({ source, partition_date: date, partition_hour: hour }: PartitionTruth) => ({
  source,
  date: date ?? '2025-11-20',
  hour,
});

describe('a run of the whole path', () => {
  it('says that everything reconciles, in the form that was agreed', () => {
    expect(Object.keys(report)).toEqual(['runs', 'reconciled', 'quality']);
    expect(report.reconciled).toBe(true);
    expect(report.runs).toHaveLength(2 * 5 + 2 * 3);
    const count = expect.any(Number) as number;
    for (const run of report.runs) {
      const isOlderSnapshot = run.source === 'customers' || run.source === 'agents';
      expect(run).toMatchObject({
        partition_date: expect.stringMatching(/^2025-11-2[01]$/) as string,
        partition_hour: run.source === 'sms' ? count : null,
        outcome: isOlderSnapshot && run.partition_date === '2025-11-21' ? 'carried_forward' : 'committed',
        error: null,
        rows: { read: count, loaded: count, quarantined: count, deduplicated: count, erased: 0 },
        warehouse_rows: run.rows?.loaded,
        mart_rows: isOlderSnapshot && run.partition_date === '2025-11-20' ? null : count,
        superseded_rows: isOlderSnapshot ? null : count,
        reconciled: true,
      });
      if (!isOlderSnapshot)
        expect(run.warehouse_rows).toBe((run.mart_rows ?? NaN) + (run.superseded_rows ?? NaN));
      else if (run.mart_rows !== null) expect(run.mart_rows).toBe(run.rows?.loaded);
    }
  });

  it('accounts for every partition as the generator planted it', () => {
    for (const partition of truth.partitions)
      for (const run of runsOf(partition)) {
        expect(run.rows, partition.path).toEqual({ ...partition.accounts, erased: 0 });
        if (partition.partition_date !== null) expect(run.superseded_rows).toBe(partition.superseded);
        expect(run.unmapped_columns, partition.path).toEqual(partition.new_columns);
      }
    expect(truth.partitions.flatMap(runsOf)).toHaveLength(report.runs.length);
    expect(truth.partitions.flatMap((one) => one.new_columns)).not.toEqual([]);
  });

  it('sets every bad record aside once, with its reason and its raw text, and no good one', async () => {
    for (const partition of truth.partitions) {
      const quarantine = await quarantineOf(home, partitionOf(partition));
      expect(quarantineDifferences(partition, quarantine), partition.path).toEqual({
        missing: [],
        unexpected: [],
      });
      const reasons = Object.values(manifestOf(home, partitionOf(partition)).reasons);
      expect(reasons.reduce((sum, rows) => sum + rows, 0)).toBe(quarantine.length);
      // The check itself can fail.
      expect(quarantineDifferences(partition, quarantine.slice(1)).missing).toHaveLength(1);
    }
  });

  it('tells in the warehouse why records were set aside and which columns are new, and no more', async () => {
    const told = await query(
      home.warehouse,
      'select source, partition_date::varchar as date, partition_hour as hour, reason, reason_rows::integer as n from quality.rejects order by all',
    );
    const expected = report.runs.flatMap(({ source, partition_date: date, partition_hour: hour }) =>
      Object.entries(manifestOf(home, { source, date, hour }).reasons).map(([reason, n]) => ({
        source,
        date,
        hour: hour ?? -1,
        reason,
        n,
      })),
    );
    expect(new Set(told.map((row) => JSON.stringify(row)))).toEqual(
      new Set(expected.map((row) => JSON.stringify(row))),
    );
    const appeared = await query(
      home.warehouse,
      "select source, changed_column from quality.schema_changes where change = 'appeared' order by all",
    );
    const planted = truth.partitions
      .filter(({ partition_date: date }) => date === '2025-11-21')
      .flatMap(({ source, new_columns: columns }) => columns.map((column) => [source, column].join(' ')));
    expect(appeared.map((row) => Object.values(row).join(' '))).toEqual(planted.toSorted());
    expect(planted).not.toEqual([]);
  });

  it('warns of what is odd in the data, in one mail a day, in the report and on the screen', () => {
    const { quality } = report;
    expect(quality.map(({ level }) => level)).toEqual(quality.map(() => 'warn'));
    expect(new Set(quality.map(({ check }) => check))).toContain('schema_changes');
    const mails = warningsOf(folder);
    expect(mails.length).toBeGreaterThan(0);
    expect(mails.length).toBeLessThanOrEqual(2);
    for (const mail of mails) expect(mail).toContain('docs/runbooks/data-quality.md');
    const text = mails.join('\n');
    const told = quality.filter(({ message }) => text.includes(message));
    expect(told.map(({ check }) => check)).toContain('schema_changes');
    expect(first.output).toContain(`${quality.length} data-quality warnings: `);
  });

  it('tells of every loaded complaint once, by its newest version', async () => {
    const expected = await expectedComplaints(sources, truth);
    expect(Object.fromEntries(await complaintsInMarts(home))).toEqual(Object.fromEntries(expected));
    const repeated = truth.partitions.flatMap(({ source, plants }) =>
      plants
        .filter(({ kind }) => kind === 'repeated')
        .map(({ id, detail }) => ({ id: `${source} ${id}`, ...detail })),
    );
    expect(repeated.filter((one) => 'status' in one)).not.toEqual([]);
  });

  it(
    'shows in every mart the figures that an independent computation finds',
    { timeout: 2 * MINUTES },
    async () => {
      const { problems, compared } = await askOracle(home.warehouse, [{ sources }]);
      expect(problems).toEqual([]);
      expect(Object.keys(compared)).toEqual(
        expect.arrayContaining(await tablesIn(home.warehouse, ['marts'])),
      );
    },
  );

  it('keeps what it does not know and hides what may be personal', async () => {
    const columns: Record<string, string> = {
      complaint_category: 'marts.fct_complaints where source = $1 and category = $2',
      resolution_status: 'marts.fct_complaints where source = $1 and status = $2',
      media_channel: 'marts.fct_complaints where source = $1 and platform = $2',
      gender: "restricted.customer_identities where $1 = 'customers' and gender = $2",
      experience: "marts.dim_agents where $1 = 'agents' and is_current and experience = $2",
    };
    for (const { source, column, value, rows } of truth.unknown_values) {
      const shown = value.includes('@') ? '(unrecognised)' : value;
      const from = columns[column]?.replace('$1', `'${source}'`).replace('$2', `'${shown}'`);
      expect(
        await query(home.warehouse, `select cast(count(*) as integer) as n from ${from}`),
        value,
      ).toEqual([{ n: rows }]);
    }
    expect(truth.unknown_values.some(({ value }) => value.includes('@'))).toBe(true);
  });

  it.each([
    ['is_orphan_customer', ['orphan_customer']],
    ['is_orphan_agent', ['orphan_agent']],
    ['is_unknown_category', ['unknown_category', 'unrecognised_value']],
    ['is_unknown_status', ['unknown_status']],
    ['is_unknown_platform', ['unknown_platform']],
    ['has_invalid_duration or is_resolved_before_opened', ['end_before_start']],
    ['is_opened_in_future', ['opened_in_future']],
    ['has_id_customer_mismatch', ['id_mismatch']],
    ['has_generation_date_mismatch', []],
  ])('flags %s where it was planted, and nowhere else', async (flag, kinds) => {
    expect(await complaintsWhere(home, flag)).toEqual(planted(truth, ...kinds));
  });

  it('finds the customer behind a padded id, and says so where there is none', async () => {
    const unknown = await complaintsWhere(home, "facts.customer_key = 'unknown'");
    expect(unknown).toEqual(expect.arrayContaining(planted(truth, 'empty_customer', 'missing_sender')));
    expect(unknown.filter((id) => planted(truth, 'padded_customer').includes(id))).toEqual([]);
    expect(await complaintsWhere(home, 'has_status_resolution_mismatch')).toEqual(
      expect.arrayContaining(planted(truth, 'resolution_disagrees')),
    );
  });
});

describe('permissions', () => {
  it('were all that the functions asked for', () => {
    const calls = readCalls(home.apiCalls);
    expect(refusedCalls(calls)).toEqual([]);
    const callers = new Set(calls.map((one) => one.function));
    expect([...callers]).toEqual(
      expect.arrayContaining([
        'migrate-warehouse',
        'load-warehouse',
        'customers',
        'agents',
        'web-forms',
        'sms',
      ]),
    );
  });
});

describe('personal data and secrets', () => {
  it('do not leave their rooms', { timeout: 3 * MINUTES }, async () => {
    const personal = personalValues(truth);
    const places = [
      ...(await tablesAsPlaces(home, ['marts', 'quality'])),
      ...filesIn(home, 'logs', 'mailbox', 'run-report.json', 'run-state.json', 'airflow', 'dbt'),
      ...textObjectsOf(home).map(({ key, text }) => ({ name: key, content: Buffer.from(text) })),
      { name: 'output', content: Buffer.from(first.output) },
    ];
    expect(leaks(places, personal)).toEqual([]);
    expect(leaks(places, secretsOf(home))).toEqual([]);
    const everyTable = ['raw_data', 'staging', 'intermediate', 'marts', 'restricted', 'quality'];
    expect(
      leaks(await tablesAsPlaces(home, everyTable, ['restricted.key_material']), secretsOf(home)),
    ).toEqual([]);
  });

  it('would have been found', async () => {
    const rooms = await tablesAsPlaces(home, ['raw_data', 'restricted']);
    const found = new Set(leaks(rooms, personalValues(truth)).map((leak) => leak.replace(/.* value/, '')));
    expect(found.size).toBeGreaterThan(personalValues(truth).length / 2);
    expect(leaks(rooms, secretsOf(home))).toEqual([expect.stringMatching(/^restricted.key_material/)]);
    expect(leaks(filesIn(home, 'secrets'), secretsOf(home))).toHaveLength(4);
  });
});

describe('after the run', () => {
  it.runIf(process.platform === 'linux')('nothing that it started is left', () => {
    expect(first.leftBehind).toEqual([]);
    expect(readdirSync(folder.temporary)).toEqual([]);
    expect(existsSync(home.servicesFile)).toBe(false);
    expect(alertsOf(folder)).toEqual([]);
  });

  it('another one finds all partitions unchanged and the same marts', { timeout: 10 * MINUTES }, async () => {
    const before = await hashesOf(home.warehouse, ['marts', 'restricted']);
    const second = await start(folder, ...OPTIONS);
    expect(second.exitCode, second.output).toBe(0);
    expect(second.leftBehind).toEqual([]);
    const again = reportOf(folder);
    expect(again.reconciled).toBe(true);
    expect(again.runs).toEqual(report.runs.map((run) => ({ ...run, outcome: 'unchanged' })));
    expect(await hashesOf(home.warehouse, ['marts', 'restricted'])).toEqual(before);
  });

  it('one with other sources is refused', { timeout: MINUTES }, async () => {
    const refused = await start(folder, ...OPTIONS, '--seed', '8');
    expect(refused.exitCode).toBe(2);
    expect(refused.output).toContain('seed 7');
    expect(refused.output).toContain('--fresh');
    expect(existsSync(join(home.root, 'run-report.json'))).toBe(true);
  });
});
