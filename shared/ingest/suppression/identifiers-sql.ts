import { identifier, literal } from '../../contracts/compile-checks.ts';
import type { ComparedColumn } from '../../contracts/compared-columns.ts';
import type { SubjectKind } from '../../contracts/contract.ts';

/**
 * How identifiers of a person are written, found in text and hashed, as DuckDB SQL: the one implementation, used for
 * what a request names as well as for what a row holds, so that the two cannot differ.
 */

/** Characters that end an identifier wherever it stands in text. */
const separators = String.raw`\s,;|"'<>(){}\[\]=:\\`;
const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const uuidLike = '________-____-____-____-____________';

/** One spelling for every way of writing the same identifier. */
const normal: Readonly<Record<SubjectKind, (value: string) => string>> = {
  // a UUID is the same with and without its dashes: complaint ids embed it without
  customer_id: (value) =>
    `case when trim(${value}) like ${literal(uuidLike)} then replace(lower(trim(${value})), '-', '') else lower(trim(${value})) end`,
  email: (value) => `lower(trim(${value}))`,
  phone: (value) => `regexp_replace(regexp_replace(${value}, '[^0-9]', '', 'g'), '^00', '')`,
};

/** SQL of the digest of a value; null where there is none. */
export const digestSql = (kind: SubjectKind, value: string): string =>
  `keyed(${literal(`${kind}:`)} || ${normal[kind](value)})`;

const all = (text: string, pattern: string): string => `regexp_extract_all(${text}, ${literal(pattern)})`;

/** SQL of a list of everything in a text that may be an identifier of a kind. */
const candidates: Readonly<Record<SubjectKind, (text: string) => string>> = {
  customer_id: (text) => `list_concat(
    ${all(`lower(${text})`, uuidPattern)},
    ${all(text, `[^${separators}]*[0-9][^${separators}]*`)},
    flatten(list_transform(${all(text, '[0-9a-fA-F]{32,128}')},
      run -> list_transform(range(1, cast(strlen(run) as bigint) - 30), start -> substr(run, cast(start as bigint), 32)))))`,
  email: (text) =>
    `list_transform(${all(text, `[^${separators}]+@[^${separators}]+`)}, found -> rtrim(found, '.!?'))`,
  phone: (text) =>
    `list_concat(${all(text, '[0-9]{7,18}')}, ${all(text, String.raw`\+?[0-9][0-9 ()./-]{5,22}[0-9]`)})`,
};

/** SQL of a list of the digests of everything that a column may name a person by. */
export function columnDigests(
  { name, subject, isFreeText }: ComparedColumn,
  kinds: readonly SubjectKind[],
): string[] {
  const value = identifier(name);
  if (isFreeText) return textDigests(value, kinds);
  if (subject === null || !kinds.includes(subject.kind)) return [];
  const found = subject.within === null ? value : `regexp_extract(${value}, ${literal(subject.within)}, 1)`;
  // a null list adds nothing, and most values of some columns are empty
  return [`case when ${found} <> '' then [${digestSql(subject.kind, found)}] end`];
}

/** SQL of lists of the digests of everything in a text that may be an identifier. */
export const textDigests = (text: string, kinds: readonly SubjectKind[]): string[] =>
  kinds.map((kind) => `list_transform(${candidates[kind](text)}, found -> ${digestSql(kind, 'found')})`);
