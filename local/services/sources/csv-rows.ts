import { isUtf8 } from 'node:buffer';

import { csvFields } from '../../../shared/ingest/framing/csv-fields.ts';
import { CsvScanner, swallowsRecords } from '../../../shared/ingest/framing/csv-scanner.ts';

/** A line that cannot become a row, by its place only: its text may hold personal data. */
export interface UnreadableLine {
  /** Counted from 1, the header included. */
  readonly line: number;
  readonly reason: 'field_count' | 'broken_quotes' | 'too_long' | 'bare_cr' | 'nul_byte' | 'invalid_utf8';
}

export interface CsvRows {
  readonly header: readonly string[];
  /** Rows in file order; each is read when it is asked for. `problems` is complete once the last has been taken. */
  readonly rows: Iterable<readonly string[]>;
  readonly problems: readonly UnreadableLine[];
}

export interface CsvOptions {
  /** Whether a row must have as many fields as the header. A sheet's rows need not. */
  readonly sameWidth: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Reads a CSV file held in memory. An empty file has an empty header and no rows. */
export function readCsv(bytes: Buffer, options: CsvOptions): CsvRows {
  const content = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes;
  const problems: UnreadableLine[] = [];
  const records = readRecords(content, options, problems);
  const first = records.next();
  return { header: first.done === true ? [] : first.value, rows: records, problems };
}

function* readRecords(
  bytes: Buffer,
  options: CsvOptions,
  problems: UnreadableLine[],
): Generator<readonly string[]> {
  const scanner = new CsvScanner();
  let width: number | undefined;
  let start = 0;
  let line = 1;
  while (start < bytes.length) {
    const blank = blankLine(bytes, start);
    if (blank > 0) {
      start += blank;
      line += 1;
      continue;
    }
    const outcome = scanner.scan(bytes, start, bytes.length, true);
    const { end, next } = scanner;
    if (outcome !== 'record' || hidesRows(bytes, scanner, width)) {
      problems.push({ line, reason: outcome === 'too_long' ? 'too_long' : 'broken_quotes' });
      start = afterLine(bytes, start);
      line += 1;
      continue;
    }
    const text = bytes.subarray(start, end);
    const reason = defectOf(scanner, text, options.sameWidth ? width : undefined);
    if (reason !== undefined) problems.push({ line, reason });
    else {
      width ??= scanner.fields;
      yield csvFields(text.toString()).map((value) => value ?? '');
    }
    line += scanner.secondLine === -1 ? 1 : linesOf(bytes, start, next);
    start = next;
  }
}

/** A quote that was never closed takes the following rows with it, up to the next quote. */
const hidesRows = (
  bytes: Buffer,
  { secondLine, next, fields }: CsvScanner,
  width: number | undefined,
): boolean =>
  secondLine !== -1 &&
  width !== undefined &&
  fields !== width &&
  swallowsRecords(bytes, secondLine, next, width);

function defectOf(
  { fields, hasBareCr, hasNul, hasHighBytes }: CsvScanner,
  text: Buffer,
  width: number | undefined,
): UnreadableLine['reason'] | undefined {
  if (width !== undefined && fields !== width) return 'field_count';
  if (hasBareCr) return 'bare_cr';
  if (hasNul) return 'nul_byte';
  if (hasHighBytes && !isUtf8(text)) return 'invalid_utf8';
  return undefined;
}

function linesOf(bytes: Buffer, start: number, next: number): number {
  let lines = 0;
  for (let end = bytes.indexOf(LF, start); end !== -1 && end < next; end = bytes.indexOf(LF, end + 1))
    lines++;
  return lines;
}

function blankLine(bytes: Buffer, start: number): number {
  if (bytes[start] === LF) return 1;
  return bytes[start] === CR && bytes[start + 1] === LF ? 2 : 0;
}

function afterLine(bytes: Buffer, start: number): number {
  const end = bytes.indexOf(LF, start);
  return end === -1 ? bytes.length : end + 1;
}
