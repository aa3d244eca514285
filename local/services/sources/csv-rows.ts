import { isUtf8 } from 'node:buffer';

import { csvFields } from '../../../shared/ingest/framing/csv-fields.ts';
import { scanRecord, swallowsRecords } from '../../../shared/ingest/framing/csv-scanner.ts';

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
    const record = scanRecord(bytes, start, bytes.length, true);
    if (
      record.kind !== 'record' ||
      (width !== undefined && record.lines > 1 && hidesRows(bytes, record, width))
    ) {
      problems.push({ line, reason: record.kind === 'too_long' ? 'too_long' : 'broken_quotes' });
      start = afterLine(bytes, start);
      line += 1;
      continue;
    }
    const text = bytes.subarray(start, record.end);
    const reason = defectOf(record, text, options.sameWidth ? width : undefined);
    if (reason !== undefined) problems.push({ line, reason });
    else {
      width ??= record.fields;
      yield csvFields(text.toString()).map((value) => value ?? '');
    }
    line += record.lines;
    start = record.next;
  }
}

type Scanned = Extract<ReturnType<typeof scanRecord>, { kind: 'record' }>;

/** A quote that was never closed takes the following rows with it, up to the next quote. */
function hidesRows(bytes: Buffer, record: Scanned, width: number): boolean {
  return (record.lines > 2 || record.fields !== width) && swallowsRecords(bytes, record, width);
}

function defectOf(
  record: Scanned,
  text: Buffer,
  width: number | undefined,
): UnreadableLine['reason'] | undefined {
  if (width !== undefined && record.fields !== width) return 'field_count';
  if (record.hasBareCr) return 'bare_cr';
  if (record.hasNul) return 'nul_byte';
  if (record.hasHighBytes && !isUtf8(text)) return 'invalid_utf8';
  return undefined;
}

function blankLine(bytes: Buffer, start: number): number {
  if (bytes[start] === LF) return 1;
  return bytes[start] === CR && bytes[start + 1] === LF ? 2 : 0;
}

function afterLine(bytes: Buffer, start: number): number {
  const end = bytes.indexOf(LF, start);
  return end === -1 ? bytes.length : end + 1;
}
