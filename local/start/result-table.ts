import { partitionLabel } from '../../shared/lake/keys.ts';
import type { PartitionReport, RunReport } from './report.ts';

const columns = ['read', 'loaded', 'quarantined', 'duplicates', 'warehouse', 'marts'] as const;

/** The result as a table that a person can read: a row per partition, and where it differs, by what. */
export function renderResult({ runs }: RunReport): string[] {
  const labels = runs.map(labelOf);
  const width = Math.max(...labels.map((label) => label.length), 'Result'.length);
  const header = `${'Result'.padEnd(width)}${columns.map((name) => name.padStart(13)).join('')}`;
  return [header, ...runs.map((run, index) => `${(labels[index] ?? '').padEnd(width)}${renderRow(run)}`)];
}

const labelOf = ({ source, partition_date, partition_hour }: PartitionReport): string =>
  `${source.padEnd(13)} ${partition_date.slice(5)}${partition_hour === null ? '' : ` ${String(partition_hour).padStart(2, '0')} h`}`;

function renderRow(run: PartitionReport): string {
  const { rows } = run;
  const values = [
    rows?.read,
    rows?.loaded,
    rows?.quarantined,
    rows?.deduplicated,
    run.warehouse_rows,
    run.mart_rows,
  ];
  return `${values.map((value) => count(value).padStart(13)).join('')}  ${verdict(run)}`;
}

function verdict(run: PartitionReport): string {
  if (!run.reconciled) return `✘ ${run.error?.name ?? run.difference ?? 'not attempted'}`;
  const remarks = [
    ...(run.outcome === 'committed'
      ? []
      : [run.load_id === null ? 'withdrawn' : run.outcome.replace('_', ' ')]),
    ...(run.superseded_rows ? [`${count(run.superseded_rows)} superseded later`] : []),
    ...(run.unmapped_columns.length > 0 ? [`new column ${run.unmapped_columns.join(', ')}`] : []),
  ];
  return ['✔', ...(remarks.length === 0 ? [] : [remarks.join(' · ')])].join('  ');
}

/** What the table amounts to, and where to look if something is wrong. */
export function renderVerdict({ runs, reconciled }: RunReport): string[] {
  const loads = new Map(runs.map((run) => [run.load_id, run.rows]));
  const total = (account: 'read' | 'loaded' | 'quarantined' | 'deduplicated'): string =>
    count([...loads.values()].reduce((sum, rows) => sum + (rows?.[account] ?? 0), 0));
  const accounts =
    `${total('read')} records read, ${total('loaded')} loaded, ${total('quarantined')} quarantined, ` +
    `${total('deduplicated')} duplicates`;
  if (reconciled)
    return [
      `${accounts}: every record accounted for.`,
      `All ${runs.length} partitions reconcile (counts and hashes).`,
    ];
  const bad = runs.filter((run) => !run.reconciled);
  return [
    `${accounts}.`,
    `${bad.length} of ${runs.length} partitions ${bad.length === 1 ? 'does' : 'do'} not reconcile. The other ${runs.length - bad.length} do.`,
    ...bad.slice(0, 10).flatMap(explain),
    ...(bad.length > 10 ? [`  … and ${bad.length - 10} more, in .local/run-report.json`] : []),
  ];
}

function explain(run: PartitionReport): string[] {
  const partition = partitionLabel({
    source: run.source,
    date: run.partition_date,
    hour: run.partition_hour,
  });
  const why =
    run.error === null
      ? (run.difference ?? 'it was not attempted')
      : `${run.error.name}: ${run.error.message}`;
  return [
    `  ${partition}: ${why}`,
    '    Once that is mended, run npm start again; it goes on where it stopped · runbook docs/runbooks/partition-failed.md',
  ];
}

const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value.toLocaleString('en');
