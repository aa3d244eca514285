import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { personalValues, type PlantTruth } from '../generator/truth.ts';
import type { PartitionReport, RunReport } from '../start/report.ts';
import { alertsOf, named } from './testing/alerts.ts';
import { complaintsInMarts } from './testing/complaints.ts';
import {
  callLogs,
  firstRecords,
  giveSources,
  headerOnly,
  smsInbox,
  socialMedia,
  webForms,
  type GivenSources,
} from './testing/given-sources.ts';
import { begin, ingest, makeTestFolder, reportOf, start } from './testing/platform-run.ts';
import { filesIn, leaks, secretsOf } from './testing/privacy.ts';

const MINUTES = 60_000;
const [FIRST, SECOND, THIRD, LAST] = ['2025-11-20', '2025-11-21', '2025-11-22', '2025-11-23'] as const;

const folder = makeTestFolder();
let given: GivenSources;

beforeAll(async () => {
  given = await giveSources(folder, `${FIRST}..${LAST}`, { defects: ['repeated'] });
}, MINUTES);
afterAll(() => folder.remove());

const run = (report: RunReport, source: string, date: string): PartitionReport | undefined =>
  report.runs.find((one) => one.source === source && one.partition_date === date);

const failed = (name: string, message: RegExp, retriable = false) => ({
  outcome: 'failed',
  error: { name, message: expect.stringMatching(message) as string, retriable },
  rows: null,
  warehouse_rows: null,
  mart_rows: null,
  superseded_rows: null,
  reconciled: false,
});

/** Starts, does `work` while the services stay up, and ends them with Ctrl-C. */
async function whileRunning(work: () => Promise<void>): Promise<void> {
  const running = begin(folder, 'start', ['--sources', given.folder, '--keep-running']);
  try {
    await running.saying(/The services keep running/);
    await work();
  } finally {
    running.process.kill('SIGINT');
  }
  expect(await running.ended).toMatchObject({ exitCode: 130, leftBehind: [] });
}

describe('sources that cannot be trusted', () => {
  it(
    'fail by name, each with one alert, and take nothing else with them',
    { timeout: 10 * MINUTES },
    async () => {
      given.edit(callLogs(FIRST, 'json'), () => '[]');
      given.edit(socialMedia(FIRST), (text) => text.slice(0, text.length / 2));
      given.edit(webForms(FIRST), (text) => text.replace('request_id', 'requestNo'));
      given.edit(smsInbox(FIRST, '08'), (text) => text + 'no message\n'.repeat(150));
      const ended = await start(folder, '--sources', given.folder, '--days', FIRST);

      expect(ended.exitCode, ended.output).toBe(1);
      expect(ended.leftBehind).toEqual([]);
      const report = reportOf(folder);
      expect(report.reconciled).toBe(false);
      expect(run(report, 'call_logs', FIRST)).toMatchObject(failed('SourceUnreadable', /csv.*json/i));
      expect(run(report, 'social_media', FIRST)).toMatchObject(
        failed('SourceUnreadable', /cut off|JSON|ends/i),
      );
      expect(run(report, 'web_forms', FIRST)).toMatchObject(failed('SchemaDrift', /request_id[^]*requestNo/));
      expect(run(report, 'sms', FIRST)).toMatchObject(failed('TooManyRejects', /field_count/));
      for (const source of ['customers', 'agents'])
        expect(run(report, source, FIRST)).toMatchObject({ outcome: 'committed', reconciled: true });

      const daily = 'complaints_daily';
      expect(named(alertsOf(folder))).toEqual([
        `${daily} catch_up.ingest sms ${FIRST}T08 TooManyRejects`,
        `${daily} partition.ingest call_logs ${FIRST} SourceUnreadable`,
        `${daily} partition.ingest social_media ${FIRST} SourceUnreadable`,
        `${daily} partition.ingest web_forms ${FIRST} SchemaDrift`,
        `${daily} reconcile ${FIRST} NotReconciled`,
        `complaints_hourly partition.ingest sms ${FIRST}T08 TooManyRejects`,
      ]);
    },
  );

  it('are landed once repaired; late, empty and unusual ones wait', { timeout: 10 * MINUTES }, async () => {
    const before = alertsOf(folder).length;
    given.repair();
    given.remove(callLogs(SECOND));
    given.edit(callLogs(THIRD), headerOnly);
    given.edit(webForms(SECOND), () => '');
    given.edit(webForms(THIRD), headerOnly);
    given.edit(socialMedia(LAST), (text) => firstRecords(text, 3));
    given.edit(smsInbox(SECOND, '08'), () => '');
    await whileRunning(async () => {
      const report = reportOf(folder);
      expect(report.reconciled).toBe(false);
      const wrong = {
        [`call_logs ${SECOND}`]: failed('SourceNotReady', /call_logs_day_2025-11-21|not there/, true),
        [`call_logs ${THIRD}`]: failed('SourceUnreadable', /header/),
        [`web_forms ${SECOND}`]: failed('SourceUnreadable', /column|empty|header/),
        [`web_forms ${THIRD}`]: failed('SourceUnreadable', /header/),
        [`social_media ${LAST}`]: failed('VolumeOutOfRange', /3 records/),
      };
      for (const one of report.runs) {
        const label = `${one.source} ${one.partition_date}`;
        expect(one, label).toMatchObject(wrong[label] ?? { error: null, reconciled: true });
      }
      expect(run(report, 'sms', SECOND)).toMatchObject({
        outcome: 'committed',
        rows: { read: 0, loaded: 0 },
      });

      // Each run tries the days again that may still be corrected; each failed task of each run has sent one mail.
      const alerts = alertsOf(folder).slice(before);
      expect(new Set(alerts.map(({ run, task, partition }) => `${run} ${task} ${partition}`)).size).toBe(
        alerts.length,
      );
      const times = (count: number, text: string): string[] => Array<string>(count).fill(text);
      expect(named(alerts)).toEqual(
        [
          ...times(3, `call_logs ${SECOND} SourceNotReady`),
          ...times(2, `call_logs ${THIRD} SourceUnreadable`),
          ...times(3, `web_forms ${SECOND} SourceUnreadable`),
          ...times(2, `web_forms ${THIRD} SourceUnreadable`),
          ...times(1, `social_media ${LAST} VolumeOutOfRange`),
        ]
          .map((text) => `complaints_daily partition.ingest ${text}`)
          .concat([SECOND, THIRD, LAST].map((day) => `complaints_daily reconcile ${day} NotReconciled`))
          .toSorted(),
      );
      for (const { error, tries } of alerts)
        expect(tries).toBe(error === 'SourceNotReady' ? 'try 2 of 2' : 'try 1 of 2');

      const refused = await ingest(folder, 'social-media', LAST, '--local');
      expect(refused).toMatchObject({
        exitCode: 1,
        output: expect.stringContaining('VolumeOutOfRange') as string,
      });
      const accepted = await ingest(folder, 'social-media', LAST, '--accept-volume', '--local', '--json');
      expect(JSON.parse(accepted.output)).toMatchObject({ outcome: 'committed', rows: { loaded: 3 } });
    });
  });

  it(
    'are replaced by corrected ones, and an earlier version is back when one is withdrawn',
    { timeout: 10 * MINUTES },
    async () => {
      given.repair();
      const repeated = repeatedOn(LAST);
      expect(repeated).not.toEqual([]);
      const corrected = given.truth.sentinels.complaint_ids.find(
        (id) => textOf(given, callLogs(LAST)).includes(id) && !repeated.some((one) => one.id === id),
      );
      given.edit(callLogs(LAST), (text) => withStatus(text, corrected ?? '?', 'Escalated'));
      await whileRunning(async () => {
        const report = reportOf(folder);
        expect(report.runs.filter(({ reconciled }) => !reconciled)).toEqual([]);
        expect(report.reconciled).toBe(true);
        expect(run(report, 'social_media', LAST)).toMatchObject({ outcome: 'committed' });
        const complaints = await complaintsInMarts(folder.home);
        expect(complaints.get(`call_logs ${corrected}`)).toEqual({
          partition: `${LAST} -1`,
          status: 'Escalated',
        });

        for (const { id, detail } of repeated)
          expect(complaints.get(`call_logs ${id}`)).toEqual({
            partition: `${LAST} -1`,
            status: detail?.['status'],
          });

        const withdrawn = await ingest(folder, 'call-logs', LAST, '--withdraw', '--local', '--json');
        expect(JSON.parse(withdrawn.output)).toMatchObject({ outcome: 'withdrawn', rows: { read: 0 } });
      });

      const next = await start(folder, '--sources', given.folder, '--days', LAST);
      expect(next.exitCode, next.output).toBe(0);
      expect(run(reportOf(folder), 'call_logs', LAST)).toMatchObject({
        outcome: 'unchanged',
        rows: { read: 0, loaded: 0 },
        warehouse_rows: 0,
        mart_rows: 0,
        superseded_rows: 0,
        reconciled: true,
      });
      const after = await complaintsInMarts(folder.home);
      for (const { id, detail } of repeated)
        expect(after.get(`call_logs ${id}`)).toEqual({
          partition: `${detail?.['previous_partition']} -1`,
          status: detail?.['previous_status'],
        });
      expect(after.has(`call_logs ${corrected}`)).toBe(false);
    },
  );

  it('are told of without a single personal value', () => {
    const places = filesIn(folder.home, 'logs', 'mailbox', 'run-report.json', 'airflow', 'dbt');
    expect(leaks(places, personalValues(given.truth))).toEqual([]);
    expect(leaks(places, secretsOf(folder.home))).toEqual([]);
  });
});

/** Complaints of earlier days that the calls of a day tell of again. */
const repeatedOn = (date: string): PlantTruth[] =>
  given.truth.partitions
    .filter((one) => one.source === 'call_logs' && one.partition_date === date)
    .flatMap(({ plants }) => plants.filter(({ kind }) => kind === 'repeated'));

function textOf(sources: GivenSources, path: string): string {
  let found = '';
  sources.edit(path, (text) => (found = text));
  return found;
}

/** The CSV with another status in the row of one complaint. */
const withStatus = (csv: string, id: string, status: string): string =>
  csv
    .split('\n')
    .map((line) => (line.includes(id) ? line.replace(/Resolved|Backlog|In-Progress|Blocked/, status) : line))
    .join('\n');
