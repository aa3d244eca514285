import { join } from 'node:path';
import { literal } from '../../contracts/compile-checks.ts';
import { metadataColumns } from '../../contracts/metadata.ts';
import { VerificationFailed } from '../../runtime/errors.ts';
import { parquetOptions, type LoadLabels } from '../conform/conform-sql.ts';
import type { Engine } from '../conform/engine.ts';
import { findInTexts, prepareSuppressions, suppressedRows } from '../suppression/find-suppressed.ts';
import type { ComparedColumn } from '../../contracts/compared-columns.ts';
import type { Suppressions } from '../suppression/suppressions.ts';

/** Rows of a load that name an erased person, by where they are. */
export interface Erased {
  readonly loaded: number;
  readonly quarantined: number;
  readonly deduplicated: number;
}

export const countErased = ({ loaded, quarantined, deduplicated }: Erased): number =>
  loaded + quarantined + deduplicated;

/** What is left of a load without the erased. */
export interface Remaining {
  readonly loaded: number;
  readonly hashSum: string;
  readonly quarantined: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/** Local copies of the Parquet files of one load. */
export interface LandedFiles {
  readonly loaded: readonly string[];
  readonly quarantine: readonly string[];
}

const rawPage = 10_000;

/**
 * A load that landed, opened again: says whether it holds rows of erased persons, and writes what is left of it without
 * them. One per engine.
 */
export class LandedLoad {
  readonly #engine: Engine;
  readonly #columns: ReadonlySet<string>;

  private constructor(engine: Engine, columns: ReadonlySet<string>) {
    this.#engine = engine;
    this.#columns = columns;
  }

  static async open(engine: Engine, { loaded, quarantine }: LandedFiles): Promise<LandedLoad> {
    await engine.run(view('landed', loaded, 'select cast(null as bigint) as _source_row where false'));
    await engine.run(view('aside', quarantine, emptyQuarantine));
    const columns = await engine.rows('describe landed');
    return new LandedLoad(engine, new Set(columns.map(({ column_name: name }) => String(name))));
  }

  /** Finds the erased; columns that the load does not have yet are passed over. */
  async find(columns: readonly ComparedColumn[], suppressions: Suppressions): Promise<Erased> {
    const engine = this.#engine;
    const present = columns.filter(({ name }) => this.#columns.has(name));
    await prepareSuppressions(engine, suppressions);
    await engine.run(suppressedRows('erased_rows', 'landed', present, suppressions));
    await engine.run('create temp table erased_aside (source_row bigint)');
    await this.#findAside(suppressions);
    const loaded = await engine.row('select count(*) as n from erased_rows');
    const aside = await engine.row(
      `select count(*) filter (where kind = 'duplicate') as duplicates, count(*) as n
        from aside semi join erased_aside using (source_row)`,
    );
    return {
      loaded: Number(loaded.n),
      quarantined: Number(aside.n) - Number(aside.duplicates),
      deduplicated: Number(aside.duplicates),
    };
  }

  /** Writes what `find` did not find, as a load of its own. Throws `VerificationFailed` when rows got lost. */
  async write(labels: LoadLabels, directory: string): Promise<Remaining & LandedFilePaths> {
    const engine = this.#engine;
    const paths = {
      loadedPath: join(directory, 'kept.parquet'),
      quarantinePath: join(directory, 'kept-aside.parquet'),
    };
    await engine.run(
      `copy (select * replace (${relabelled(labels)}) from landed anti join erased_rows using (_source_row))
        to ${literal(paths.loadedPath)} (${parquetOptions})`,
    );
    await engine.run(
      `copy (select * replace (${relabelledQuarantine(labels)}) from aside
          anti join erased_aside using (source_row) order by source_row)
        to ${literal(paths.quarantinePath)} (format parquet, parquet_version v1, compression snappy)`,
    );
    const { loaded, hashSum } = await this.#verified(paths.loadedPath);
    const { n } = await engine.row(
      `select count(*) as n from read_parquet(${literal(paths.quarantinePath)})`,
    );
    const reasons = await engine.rows(
      `select reason, count(*) as n from (
          select unnest(string_split(reasons, ',')) as reason from aside anti join erased_aside using (source_row))
        group by reason order by reason`,
    );
    return {
      ...paths,
      loaded,
      hashSum,
      quarantined: Number(n),
      reasons: Object.fromEntries(reasons.map((row) => [String(row.reason), Number(row.n)])),
    };
  }

  async #findAside(suppressions: Suppressions): Promise<void> {
    for (let after = -1; ;) {
      const rows = await this.#engine.rows(
        `select source_row, hex(raw) as raw from aside where source_row > ${after} order by source_row limit ${rawPage}`,
      );
      const records = rows.map((row) => ({
        ordinal: Number(row.source_row),
        raw: Buffer.from(String(row.raw), 'hex'),
      }));
      const found = await findInTexts(this.#engine, records, suppressions);
      if (found.size > 0)
        await this.#engine.run(
          `insert into erased_aside values ${[...found].map((ordinal) => `(${ordinal})`).join(', ')}`,
        );
      const last = records.at(-1);
      if (last === undefined || records.length < rawPage) return;
      after = last.ordinal;
    }
  }

  /** Kept and erased rows are together just the rows there were: by number, ordinals and hashes. */
  async #verified(path: string): Promise<{ loaded: number; hashSum: string }> {
    const account = (relation: string): string =>
      `select count(*) as n, cast(coalesce(sum(_source_row), 0) as varchar) as ordinals,
        cast(coalesce(sum(_record_hash), 0) as varchar) as hashes from ${relation}`;
    const before = await this.#engine.row(account('landed'));
    const gone = await this.#engine.row(account('landed semi join erased_rows using (_source_row)'));
    const kept = await this.#engine.row(account(`read_parquet(${literal(path)})`));
    for (const name of ['n', 'ordinals', 'hashes'])
      if (BigInt(String(kept[name])) + BigInt(String(gone[name])) !== BigInt(String(before[name])))
        throw new VerificationFailed(
          'the rewritten load is not the landed one without the erased rows; nothing was committed. Report it.',
          { details: { account: name } },
        );
    return { loaded: Number(kept.n), hashSum: String(kept.hashes) };
  }
}

interface LandedFilePaths {
  readonly loadedPath: string;
  readonly quarantinePath: string;
}

const emptyQuarantine = `select cast(null as bigint) as source_row, cast(null as bigint) as source_offset,
  '' as kind, '' as reasons, cast(null as blob) as raw, '' as _load_id, date '2000-01-01' as _partition_date,
  -1 as _partition_hour where false`;

const view = (name: string, paths: readonly string[], empty: string): string =>
  `create view ${name} as ${
    paths.length === 0
      ? empty
      : `select * from read_parquet([${paths.map(literal).join(', ')}], hive_partitioning = false)`
  }`;

/** What says which load a row belongs to; where the row came from stays as it was. */
function relabelled(labels: LoadLabels): string {
  const values: Readonly<Record<string, string>> = {
    _partition_date: literal(labels.partitionDate),
    _partition_hour: String(labels.partitionHour),
    _load_id: literal(labels.loadId),
    _loaded_at: literal(labels.loadedAt),
  };
  return metadataColumns
    .filter(({ name }) => name in values)
    .map(({ name, duckdbType }) => `cast(${values[name]} as ${duckdbType}) as ${name}`)
    .join(', ');
}

const relabelledQuarantine = ({ loadId, partitionDate, partitionHour }: LoadLabels): string =>
  `${literal(loadId)} as _load_id, date ${literal(partitionDate)} as _partition_date,
    cast(${partitionHour} as integer) as _partition_hour`;
