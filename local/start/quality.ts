import { readQualityTable, type TableRow } from './quality-tables.ts';

/** A row of `quality.checks` that is not ok; the message holds no value of any record. */
export interface QualityFinding {
  readonly check: string;
  readonly level: 'warn' | 'fail';
  readonly source: string;
  readonly partition_date: string;
  readonly partition_hour: number | null;
  readonly message: string;
}

/** What the last build says of the data that it found. */
export async function readFindings(warehouse: string): Promise<QualityFinding[]> {
  const rows = await readQualityTable(
    warehouse,
    'checks',
    `select check_id, level, source, cast(partition_date as varchar) as partition_date, partition_hour, message
      from quality.checks
      where level <> 'ok'
      order by partition_date, source, partition_hour, check_id, subject`,
  );
  return rows.map(findingOf);
}

function findingOf(row: TableRow): QualityFinding {
  const hour = Number(row.partition_hour);
  return {
    check: String(row.check_id),
    level: row.level === 'fail' ? 'fail' : 'warn',
    source: String(row.source),
    partition_date: String(row.partition_date),
    partition_hour: hour === -1 ? null : hour,
    message: String(row.message),
  };
}

const shownFailures = 10;

/** How many findings there are, of what kinds, and where to look; nothing when there are none. */
export function renderQuality(findings: readonly QualityFinding[]): string[] {
  if (findings.length === 0) return ['No data-quality warnings.'];
  const failures = findings.filter(({ level }) => level === 'fail');
  const warnings = findings.filter(({ level }) => level === 'warn');
  return [
    ...(failures.length === 0
      ? []
      : [
          `${counted(failures.length, 'data-quality check')} beyond the limit:`,
          ...failures.slice(0, shownFailures).map(({ message }) => `  ${message}`),
          ...(failures.length > shownFailures ? [`  … and ${failures.length - shownFailures} more`] : []),
        ]),
    ...(warnings.length === 0
      ? []
      : [`${counted(warnings.length, 'data-quality warning')}: ${byCheck(warnings)}.`]),
    `  Each in one sentence: quality.checks where level <> 'ok', and the report · what to do: docs/runbooks/data-quality.md`,
  ];
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `new_unknown_values 10, schema_changes 6` */
function byCheck(findings: readonly QualityFinding[]): string {
  const counts = new Map<string, number>();
  for (const { check } of findings) counts.set(check, (counts.get(check) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, more], [b, less]) => less - more || a.localeCompare(b))
    .map(([check, count]) => `${check} ${count}`)
    .join(', ');
}
