import type { Contract } from '../../contracts/contract.ts';
import type { MatchedColumns } from '../../contracts/match-columns.ts';
import { VerificationFailed } from '../../runtime/errors.ts';
import type { Framed } from '../framing/framed.ts';
import type { DivertedRecord, RecordSpool } from '../framing/record-spool.ts';
import { findInTexts, prepareSuppressions, suppressedRows } from '../suppression/find-suppressed.ts';
import { comparedColumns } from '../../contracts/compared-columns.ts';
import type { Suppressions } from '../suppression/suppressions.ts';
import * as sql from './conform-sql.ts';
import type { Engine } from './engine.ts';

/** A record that is not loaded, and why. */
export interface SetAside {
  readonly ordinal: number;
  readonly kind: 'rejected' | 'duplicate';
  /** Reason codes such as `not_a_date:signup_date`, joined by commas. */
  readonly reasons: string;
}

/** What became of the records of one source. */
export interface Conformed {
  readonly read: number;
  readonly loaded: number;
  /** Decimal text. */
  readonly hashSum: string;
  /** Rejected by the contract or a duplicate. */
  readonly setAside: readonly SetAside[];
  /** Put aside by the framer. */
  readonly diverted: readonly DivertedRecord[];
  /** Ordinals of the records that name an erased person; they are nowhere else. */
  readonly erased: readonly number[];
}

/**
 * Checks the framed records against their contract and writes the sound ones to a Parquet file. Whoever is erased is left
 * out at the end, so that what becomes of all others does not depend on it. Throws `VerificationFailed` unless every
 * ordinal ends in exactly one place.
 */
export async function conform(
  engine: Engine,
  spool: RecordSpool,
  framed: Framed,
  contract: Contract,
  matched: MatchedColumns,
  labels: sql.LoadLabels,
  suppressions: Suppressions,
  path: string,
): Promise<Conformed> {
  await engine.run(sql.recordsView('canonical', spool.canonicalPath, framed, matched));
  await engine.run(sql.traits(contract));
  await engine.run(sql.suspectRows);
  const ordinals = await engine.rows('select _source_row from suspect_rows order by _source_row');
  const suspectsPath = spool.extract(ordinals.map((row) => Number(row._source_row)));
  await engine.run(sql.recordsView('suspect_records', suspectsPath, framed, matched));
  await engine.run(sql.suspects(contract));
  await engine.run(sql.verdicts(contract));
  const setAside = await readSetAside(engine);
  const erased = await findErased(engine, spool, contract, suppressions, setAside);
  await engine.run(sql.writeLoaded(contract, labels, path));

  const account = await engine.row(sql.loadedAccount(path));
  const conformed = {
    read: spool.read,
    loaded: Number(account.row_count),
    hashSum: String(account.hash_sum),
    setAside: setAside.filter(({ ordinal }) => !erased.has(ordinal)),
    diverted: spool.diverted.filter(({ ordinal }) => !erased.has(ordinal)),
    erased: [...erased],
  };
  verifyCompleteness(conformed, Number(account.ordinal_sum));
  return conformed;
}

const readSetAside = async (engine: Engine): Promise<SetAside[]> =>
  (await engine.rows(`select * from verdicts where kind <> 'loaded' order by _source_row`)).map((row) => ({
    ordinal: Number(row._source_row),
    kind: row.kind === 'duplicate' ? 'duplicate' : 'rejected',
    reasons: String(row.reasons),
  }));

/**
 * Table `erased_rows`: the records handed on whose columns name an erased person. Returns them with those whose raw text
 * would be kept in quarantine and names one.
 */
async function findErased(
  engine: Engine,
  spool: RecordSpool,
  contract: Contract,
  suppressions: Suppressions,
  setAside: readonly SetAside[],
): Promise<ReadonlySet<number>> {
  if (suppressions.kinds.length === 0) {
    await engine.run(sql.nothingErased);
    return new Set();
  }
  await prepareSuppressions(engine, suppressions);
  await engine.run(suppressedRows('erased_rows', 'canonical', comparedColumns(contract), suppressions));
  const rows = await engine.rows('select _source_row from erased_rows');
  const raws = [
    ...setAside.map(({ ordinal }) => ({ ordinal, raw: spool.rawOf(ordinal) })),
    ...spool.diverted.map(({ ordinal, raw }) => ({ ordinal, raw })),
  ];
  return new Set([
    ...rows.map((row) => Number(row._source_row)),
    ...(await findInTexts(engine, raws, suppressions)),
  ]);
}

/**
 * Loaded, rejected, duplicate, diverted and erased ordinals are together exactly 1 to `read`: the framer and the engine, two
 * independent parsers, found the same records, and each of them ended in one place.
 */
function verifyCompleteness(conformed: Conformed, loadedSum: number): void {
  const { read, loaded, setAside, diverted, erased } = conformed;
  const apart = [...[...setAside, ...diverted].map(({ ordinal }) => ordinal), ...erased];
  const count = loaded + apart.length;
  const sum = apart.reduce((total, ordinal) => total + ordinal, loadedSum);
  if (count !== read || sum !== (read * (read + 1)) / 2)
    throw new VerificationFailed(
      `the framer read ${read} records, the engine accounts for ${count}; nothing was committed. ` +
        'Keep the source and report it: one of the two parsers is wrong.',
    );
}
