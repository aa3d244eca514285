import { createHash } from 'node:crypto';
import type { ComparedColumn } from '../../contracts/compared-columns.ts';
import type { SubjectKind } from '../../contracts/contract.ts';
import type { Engine } from '../conform/engine.ts';
import { columnDigests, digestSql, textDigests } from './identifiers-sql.ts';
import type { Suppressions } from './suppressions.ts';

const blockBytes = 64;

/**
 * Makes the SQL function `keyed`: HMAC-SHA-256 (RFC 2104) of a text, hexadecimal. DuckDB has no HMAC, but the hash that
 * it is made of.
 */
export async function defineKeyed(engine: Engine, key: string): Promise<void> {
  const block = Buffer.alloc(blockBytes);
  const bytes = Buffer.from(key);
  (bytes.length > blockBytes ? createHash('sha256').update(bytes).digest() : bytes).copy(block);
  const pad = (byte: number): string =>
    `unhex('${Buffer.from(block.map((one) => one ^ byte)).toString('hex')}')`;
  await engine.run(
    `create or replace temp macro keyed(value) as
      sha256(${pad(0x5c)} || unhex(sha256(${pad(0x36)} || encode(value))))`,
  );
}

/** Digests of identifiers, in their order; each under its kind. */
export async function digestsOf(
  engine: Engine,
  kind: SubjectKind,
  values: readonly string[],
): Promise<string[]> {
  await engine.run('create or replace temp table named_identifiers (position integer, value varchar)');
  const appender = await engine.connection.createAppender('named_identifiers');
  for (const [position, value] of values.entries()) {
    appender.appendInteger(position);
    appender.appendVarchar(value);
    appender.endRow();
  }
  appender.closeSync();
  const rows = await engine.rows(
    `select ${digestSql(kind, 'value')} as digest from named_identifiers order by position`,
  );
  return rows.map(({ digest }) => String(digest));
}

/** Makes what `findInColumns` and `findInTexts` compare with; call once per engine. */
export async function prepareSuppressions(engine: Engine, { key, digests }: Suppressions): Promise<void> {
  await defineKeyed(engine, key);
  await engine.run('create temp table suppressed (digest varchar)');
  const appender = await engine.connection.createAppender('suppressed');
  for (const digest of digests) {
    appender.appendVarchar(digest);
    appender.endRow();
  }
  appender.closeSync();
}

/** SQL of the `_source_row` of every row of a relation of which some digest is suppressed; one scan. */
const rowsWith = (relation: string, digestLists: readonly string[]): string =>
  digestLists.length === 0
    ? 'select cast(null as bigint) as _source_row where false'
    : `select distinct _source_row from (
        select _source_row, unnest(list_concat(${digestLists.join(', ')})) as digest from ${relation}
      ) semi join suppressed using (digest)`;

/** SQL that makes `table`: the `_source_row` of every row of a relation that names an erased person. */
export const suppressedRows = (
  table: string,
  relation: string,
  columns: readonly ComparedColumn[],
  { kinds }: Suppressions,
): string =>
  `create temp table ${table} as ${rowsWith(
    relation,
    columns.flatMap((column) => columnDigests(column, kinds)),
  )}`;

/** A record as its source wrote it. */
export interface RawRecord {
  readonly ordinal: number;
  readonly raw: Buffer;
}

/**
 * Ordinals of the records whose text names an erased person. For what no contract could be applied to: every piece of
 * the text that may be an identifier is compared, wherever it stands.
 */
export async function findInTexts(
  engine: Engine,
  records: readonly RawRecord[],
  { kinds }: Suppressions,
): Promise<ReadonlySet<number>> {
  if (records.length === 0 || kinds.length === 0) return new Set();
  await engine.run('create or replace temp table raw_texts (_source_row bigint, raw varchar)');
  const appender = await engine.connection.createAppender('raw_texts');
  for (const { ordinal, raw } of records) {
    appender.appendBigInt(BigInt(ordinal));
    appender.appendVarchar(searchable(raw));
    appender.endRow();
  }
  appender.closeSync();
  const rows = await engine.rows(rowsWith('raw_texts', textDigests('raw', kinds)));
  return new Set(rows.map((row) => Number(row._source_row)));
}

/** Bytes that are no UTF-8 become a replacement character, and NUL a blank: an identifier beside them is still found. */
const searchable = (raw: Buffer): string => raw.toString('utf8').replaceAll('\0', ' ');
