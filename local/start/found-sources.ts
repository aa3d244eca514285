import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Partition } from '../../shared/lake/keys.ts';
import type { FleetSource, SourceLocation } from './fleet.ts';
import { UsageError } from './options.ts';

/** What a folder of sources holds, seen through the functions' declarations. */
export interface FoundSources {
  /** Days to run, ascending. */
  readonly days: readonly string[];
  /** Every partition that must arrive, by source id; a source that the folder does not have at all is not in it. */
  readonly expected: ReadonlyMap<string, readonly Partition[]>;
  readonly absent: readonly string[];
}

/**
 * Looks a folder through. Every file found is expected. Of a daily source that is there, every day is expected that any
 * daily source has (or that `days` names), so that a gap shows as missing; of an hourly one, the hours found.
 */
export function findSources(
  directory: string,
  sources: readonly FleetSource[],
  days: readonly string[] | undefined,
): FoundSources {
  if (!existsSync(directory)) throw new UsageError(`--sources ${directory}: there is no such folder.`);
  const files = listFiles(directory);
  const found = new Map(sources.map((source) => [source.id, partitionsIn(files, source)]));
  const present = sources.filter(({ id }) => (found.get(id)?.length ?? 0) > 0);
  const datesOf = (cadence: string): string[] =>
    present
      .filter((source) => source.cadence === cadence)
      .flatMap(({ id }) => (found.get(id) ?? []).map(({ date }) => date));
  const dailyDays = days ?? ascending(datesOf('daily'));
  const allDays = days ?? ascending([...dailyDays, ...datesOf('hourly')]);
  if (present.length === 0 || allDays.length === 0)
    throw new UsageError(
      `${directory} has no dated file that a source is read from; see local/README.md for the layout, or give --days.`,
    );
  const expected = new Map(
    present.map(({ id, cadence }) => [
      id,
      cadence === 'hourly'
        ? (found.get(id) ?? []).filter(({ date }) => allDays.includes(date))
        : (cadence === 'daily' ? dailyDays : allDays).map((date) => ({ source: id, date, hour: null })),
    ]),
  );
  return {
    days: allDays,
    expected,
    absent: sources.filter(({ id }) => !expected.has(id)).map(({ id }) => id),
  };
}

const listFiles = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

/** Partitions that the files stand for; of a snapshot, one without a meaningful date. */
function partitionsIn(files: readonly string[], { id, locations }: FleetSource): Partition[] {
  const patterns = locations.map((location) => patternOf(pathOf(location)));
  const partitions = new Map<string, Partition>();
  for (const file of files)
    for (const pattern of patterns) {
      const groups = pattern.exec(file)?.groups;
      if (pattern.exec(file) === null) continue;
      const date = groups?.date?.replaceAll('_', '-') ?? '';
      const hour = groups?.hour === undefined ? null : Number(groups.hour);
      partitions.set(`${date}T${hour}`, { source: id, date, hour });
    }
  return [...partitions.values()].toSorted((a, b) =>
    a.date === b.date ? (a.hour ?? -1) - (b.hour ?? -1) : a.date < b.date ? -1 : 1,
  );
}

/** Where the sources folder keeps what the location names. */
function pathOf(location: SourceLocation): string {
  switch (location.type) {
    case 's3':
      return location.key;
    case 'postgres':
      return `web_forms/${location.table}.csv`;
    case 'google_sheet':
      return 'agents/agents.csv';
  }
}

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${RegExp.escape(path)
      .replace(RegExp.escape('{date}'), '(?<date>\\d{4}-\\d{2}-\\d{2})')
      .replace(RegExp.escape('{date_}'), '(?<date>\\d{4}_\\d{2}_\\d{2})')
      .replace(RegExp.escape('{hour}'), '(?<hour>[01]\\d|2[0-3])')}$`,
  );

const ascending = (values: readonly string[]): string[] => [...new Set(values)].toSorted();
