import type { Contract } from '../../contracts/contract.ts';
import type { MatchedColumns } from '../../contracts/match-columns.ts';
import { VerificationFailed } from '../../runtime/errors.ts';
import type { Framed } from '../framing/framed.ts';
import type { RecordSpool } from '../framing/record-spool.ts';
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
  /** Rejected by the contract or a duplicate; the framer's diverted records are not among them. */
  readonly setAside: readonly SetAside[];
}

/**
 * Checks the framed records against their contract and writes the sound ones to a Parquet file. Throws
 * `VerificationFailed` unless every ordinal ends in exactly one place.
 */
export async function conform(
  engine: Engine,
  spool: RecordSpool,
  framed: Framed,
  contract: Contract,
  matched: MatchedColumns,
  labels: sql.LoadLabels,
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
  await engine.run(sql.writeLoaded(contract, labels, path));

  const account = await engine.row(sql.loadedAccount(path));
  const setAside = (
    await engine.rows(`select * from verdicts where kind <> 'loaded' order by _source_row`)
  ).map((row): SetAside => ({
    ordinal: Number(row._source_row),
    kind: row.kind === 'duplicate' ? 'duplicate' : 'rejected',
    reasons: String(row.reasons),
  }));
  const conformed = {
    read: spool.read,
    loaded: Number(account.row_count),
    hashSum: String(account.hash_sum),
    setAside,
  };
  verifyCompleteness(conformed, spool, Number(account.ordinal_sum));
  return conformed;
}

/**
 * Loaded, rejected, duplicate and diverted ordinals are together exactly 1 to `read`: the framer and the engine, two
 * independent parsers, found the same records, and each of them ended in one place.
 */
function verifyCompleteness(conformed: Conformed, spool: RecordSpool, loadedSum: number): void {
  const { read, loaded, setAside } = conformed;
  const apart = [...setAside, ...spool.diverted];
  const count = loaded + apart.length;
  const sum = apart.reduce((total, { ordinal }) => total + ordinal, loadedSum);
  if (count !== read || sum !== (read * (read + 1)) / 2)
    throw new VerificationFailed(
      `the framer read ${read} records, the engine accounts for ${count}; nothing was committed. ` +
        'Keep the source and report it: one of the two parsers is wrong.',
    );
}
