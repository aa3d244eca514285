import type { Partition } from '../../shared/lake/keys.ts';
import type { DagRunRequest } from './airflow-runs.ts';
import type { FoundSources } from './found-sources.ts';
import type { FleetSource } from './fleet.ts';

/** The runs a scheduler would have made, oldest first: the hours of each day, then the day. */
export function dagRuns({ days, expected }: FoundSources, sources: readonly FleetSource[]): DagRunRequest[] {
  const hourly = sources
    .filter(({ cadence }) => cadence === 'hourly')
    .flatMap(({ id }) => expected.get(id) ?? []);
  return days.flatMap((date) => [
    ...hoursOf(hourly, date).map((hour) => ({
      dag_id: 'complaints_hourly',
      conf: { partition_date: date, partition_hour: hour },
    })),
    { dag_id: 'complaints_daily', conf: { partition_date: date } },
  ]);
}

const hoursOf = (partitions: readonly Partition[], date: string): number[] =>
  [
    ...new Set(
      partitions.flatMap((partition) =>
        partition.date === date && partition.hour !== null ? [partition.hour] : [],
      ),
    ),
  ].toSorted((a, b) => a - b);

/** The expected partitions as the DAGs' Variable `calendar` wants them; see dags/coretelecoms/calendar.py. */
export function calendarVariable({ expected, absent }: FoundSources): string {
  return JSON.stringify(
    Object.fromEntries([
      ...[...expected].map(([source, partitions]) => [source, { only: partitions.map(labelOf) }]),
      ...absent.map((source) => [source, { absent: true }]),
    ]),
  );
}

const labelOf = ({ date, hour }: Partition): string =>
  hour === null ? date : `${date}T${String(hour).padStart(2, '0')}`;
