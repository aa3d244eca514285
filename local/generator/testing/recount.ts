/**
 * Counts the records of generated files a second time, from their bytes alone and by the design's rules, without anything
 * of the generator: so that the truth file is not merely believed. Slow and simple; for tests.
 */
import { isUtf8 } from 'node:buffer';
import type { Accounts } from '../truth.ts';

/** A record as fields of bytes (latin1), or null if it is structurally broken. */
export type FramedRecord = readonly string[] | null;

const NUL = '\0';
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/u;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/u;
const OFFSET = /^(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/u;

function isDate(text: string): boolean {
  const [, y, m, d] = DATE.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)));
  return d !== undefined && date.getUTCMonth() === Number(m) - 1 && date.getUTCDate() === Number(d);
}

export const isDay = (text: string): boolean => text === '' || isDate(text);
export const isTime = (text: string): boolean =>
  text === '' || (text[10] === ' ' && isDate(text.slice(0, 10)) && TIME.test(text.slice(11)));
export const isOffsetTime = (text: string): boolean =>
  text === '' ||
  (text[10] === 'T' &&
    isDate(text.slice(0, 10)) &&
    TIME.test(text.slice(11, 19)) &&
    OFFSET.test(text.slice(19)));

/** One CSV record from `start`; null on a quote error. `end` is the place behind its line end. */
function parseRecord(
  text: string,
  start: number,
): { fields: string[]; end: number; hasBareCr: boolean } | null {
  const fields: string[] = [];
  let hasBareCr = false;
  for (let at = start; ;) {
    let value = '';
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (at >= text.length || at - start > 1_000_000) return null;
        if (text[at] !== '"') value += text[at];
        else if (text[at + 1] === '"') value += text[++at];
        else break;
      }
      at++;
    } else {
      while (
        at < text.length &&
        text[at] !== ',' &&
        text[at] !== '\n' &&
        !(text[at] === '\r' && text[at + 1] === '\n')
      ) {
        if (text[at] === '\r') hasBareCr = true;
        value += text[at++];
      }
    }
    fields.push(value);
    if (text[at] === ',') at++;
    else if (at >= text.length) return { fields, end: at, hasBareCr };
    else if (text[at] === '\n') return { fields, end: at + 1, hasBareCr };
    else if (text[at] === '\r' && text[at + 1] === '\n') return { fields, end: at + 2, hasBareCr };
    else return null;
  }
}

/** Header and records of a CSV file. */
export function frameCsv(bytes: Buffer): { header: string[]; records: FramedRecord[] } {
  const text = bytes.toString('latin1').replace(/^\xef\xbb\xbf/u, '');
  const header = parseRecord(text, 0);
  if (header === null) throw new Error('The header cannot be read');
  const records: FramedRecord[] = [];
  for (let at = header.end; at < text.length;) {
    const lineEnd = text.indexOf('\n', at);
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    if (/^\r?\n?$/u.test(text.slice(at, next))) {
      at = next;
      continue;
    }
    const record = parseRecord(text, at);
    const isGood = record !== null && !record.hasBareCr && record.fields.length === header.fields.length;
    records.push(isGood ? record.fields : null);
    at = record?.end ?? next;
  }
  return { header: header.fields, records };
}

/** Messages of an SMS inbox; the fifth field is the rest of the line. */
export function frameMessages(bytes: Buffer): FramedRecord[] {
  const lines = bytes
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/u, '')
    .split('\n');
  return lines
    .map((line) => line.replace(/\r$/u, ''))
    .filter((line) => line !== '')
    .map((line) => {
      const parts = line.split('|');
      return parts.length < 5 || line.includes('\r')
        ? null
        : [...parts.slice(0, 4), parts.slice(4).join('|')];
    });
}

/** Rows of column-oriented JSON, in the numeric order of all inner keys; a missing value is ''. */
export function frameColumns(bytes: Buffer): { header: string[]; records: FramedRecord[] } {
  const columns = JSON.parse(bytes.toString()) as Record<string, Record<string, string | number | null>>;
  const keys = new Set(Object.values(columns).flatMap((column) => Object.keys(column)));
  const ordered = [...keys].sort((a, b) => Number(a) - Number(b));
  const records = ordered.map((key) => Object.values(columns).map((column) => String(column[key] ?? '')));
  return { header: Object.keys(columns), records };
}

export interface Rules {
  readonly key: number;
  readonly index?: number;
  readonly checks: Readonly<Record<number, (value: string) => boolean>>;
}

/** What must become of the records: rejected, deduplicated or loaded; and the rows that are loaded. */
export function settle(
  records: readonly FramedRecord[],
  rules: Rules,
): { accounts: Accounts; loaded: string[][] } {
  const byKey = new Map<string, string[][]>();
  let [quarantined, deduplicated] = [0, 0];
  for (const record of records) {
    if (record === null || !isAcceptable(record, rules)) quarantined++;
    else {
      const key = record[rules.key] ?? '';
      const before = byKey.get(key) ?? [];
      const same = (a: readonly string[]): boolean =>
        a.every((value, i) => i === rules.index || value === record[i]);
      if (before.some(same)) deduplicated++;
      else byKey.set(key, [...before, [...record]]);
    }
  }
  const loaded: string[][] = [];
  for (const rows of byKey.values()) {
    quarantined += rows.length - 1;
    loaded.push(rows.at(-1) ?? []);
  }
  return { accounts: { read: records.length, loaded: loaded.length, quarantined, deduplicated }, loaded };
}

function isAcceptable(record: readonly string[], rules: Rules): boolean {
  if (record[rules.key] === '') return false;
  if (Object.entries(rules.checks).some(([i, check]) => !check(record[Number(i)] ?? ''))) return false;
  return record.every(
    (value) => !value.includes(NUL) && value.length <= 65_535 && isUtf8(Buffer.from(value, 'latin1')),
  );
}
