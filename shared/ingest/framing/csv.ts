import { isUtf8 } from 'node:buffer';
import { SourceUnreadable } from '../../runtime/errors.ts';
import { inBlocks } from './blocks.ts';
import { maxRecordBytes, scanRecord, swallowsRecords, type ScannedRecord } from './csv-scanner.ts';
import { csvFields } from './csv-fields.ts';
import type { Framed } from './framed.ts';
import { maxRawBytes, type RecordSpool, type StructuralDefect } from './record-spool.ts';

const LF = 0x0a;
const CR = 0x0d;

/**
 * Frames CSV with a header line. One bad line never takes a good one with it: where quotes do not add up, only the
 * line on which the record began is diverted, and the line after it begins a new record.
 */
export async function frameCsv(source: AsyncIterable<Uint8Array>, spool: RecordSpool): Promise<Framed> {
  const framer = new CsvFramer(spool);
  for await (const block of inBlocks(source)) framer.push(block);
  const headers = framer.finish();
  return { headers, fields: headers };
}

class CsvFramer {
  readonly #spool: RecordSpool;
  #headers: readonly string[] | undefined;
  /** Bytes not framed yet, and the offset in the source of the first of them. */
  #pending: Buffer = Buffer.alloc(0);
  #pendingOffset = 0;
  #isStart = true;
  /** Set while the rest of a line that is longer than any record is thrown away. */
  #skippingLine = false;

  constructor(spool: RecordSpool) {
    this.#spool = spool;
  }

  push(block: Buffer): void {
    this.#pending = this.#pending.length === 0 ? block : Buffer.concat([this.#pending, block]);
    this.#frame(false);
  }

  /** Frames what is left and returns the header. */
  finish(): readonly string[] {
    this.#frame(true);
    if (this.#headers === undefined) throw new SourceUnreadable('the source is empty: it has no header line');
    return this.#headers;
  }

  #frame(isLast: boolean): void {
    const bytes = this.#pending;
    let position = 0;
    if (this.#isStart) {
      if (bytes.length < 3 && !isLast) return;
      position = byteOrderMarkLength(bytes);
      this.#isStart = false;
    }
    while (position < bytes.length) {
      const next = this.#skippingLine
        ? this.#skipLine(bytes, position)
        : this.#frameRecord(bytes, position, isLast);
      if (next === position) break;
      position = next;
    }
    this.#pending = bytes.subarray(position);
    this.#pendingOffset += position;
  }

  /** Frames the record at `position`; returns where the next begins, or `position` when more bytes are needed. */
  #frameRecord(bytes: Buffer, position: number, isLast: boolean): number {
    const blank = blankLineLength(bytes, position);
    if (blank > 0) return position + blank;
    const scan = scanRecord(bytes, position, bytes.length, isLast);
    if (scan.kind === 'incomplete') return position;
    if (this.#headers === undefined) return this.#readHeader(bytes, position, scan);
    if (scan.kind === 'too_long') return this.#divertLine(bytes, position, 'record_too_long', isLast);
    if (scan.kind === 'quote_error') return this.#divertLine(bytes, position, 'broken_quotes', isLast);
    return this.#takeRecord(bytes, position, scan, this.#headers.length, isLast);
  }

  #takeRecord(
    bytes: Buffer,
    start: number,
    record: ScannedRecord,
    expected: number,
    isLast: boolean,
  ): number {
    const mayHideOthers = record.lines > 2 || (record.lines > 1 && record.fields !== expected);
    if (mayHideOthers && swallowsRecords(bytes, record, expected))
      return this.#divertLine(bytes, start, 'broken_quotes', isLast);
    const text = bytes.subarray(start, record.end);
    const offset = this.#pendingOffset + start;
    const defects = structuralDefects(record, text, expected);
    if (defects.length > 0) this.#spool.divert(defects, text, offset);
    else this.#spool.acceptBytes(bytes, start, record.end, offset);
    return record.next;
  }

  #divertLine(bytes: Buffer, start: number, defect: StructuralDefect, isLast: boolean): number {
    const lineEnd = bytes.indexOf(LF, start);
    if (lineEnd === -1 && !isLast && bytes.length - start <= maxRecordBytes) return start;
    const end = lineEnd === -1 ? bytes.length : lineEnd;
    const line = bytes.subarray(start, Math.min(withoutCr(bytes, start, end), start + maxRawBytes));
    const defects: StructuralDefect[] = [defect];
    if (line.includes(0)) defects.push('nul_byte');
    this.#spool.divert(defects, line, this.#pendingOffset + start);
    this.#skippingLine = lineEnd === -1;
    return lineEnd === -1 ? end : lineEnd + 1;
  }

  #skipLine(bytes: Buffer, position: number): number {
    const lineEnd = bytes.indexOf(LF, position);
    this.#skippingLine = lineEnd === -1;
    return lineEnd === -1 ? bytes.length : lineEnd + 1;
  }

  #readHeader(
    bytes: Buffer,
    start: number,
    scan: Exclude<ReturnType<typeof scanRecord>, { kind: 'incomplete' }>,
  ) {
    if (scan.kind !== 'record') throw new SourceUnreadable('the header line has quotes that do not add up');
    const text = bytes.subarray(start, scan.end);
    if (text.length > 1 && (text[0] === 0xff || text[0] === 0xfe))
      throw new SourceUnreadable('the source is UTF-16; it must be UTF-8');
    if (scan.hasNul || !isUtf8(text)) throw new SourceUnreadable('the header line is not UTF-8 text');
    if (scan.hasBareCr) throw new SourceUnreadable('the lines end in a bare CR; they must end in LF or CRLF');
    this.#headers = csvFields(text.toString()).map((header) => header ?? '');
    return scan.next;
  }
}

function structuralDefects(record: ScannedRecord, text: Buffer, expectedFields: number): StructuralDefect[] {
  const defects: StructuralDefect[] = [];
  if (record.fields !== expectedFields) defects.push('field_count');
  if (record.hasBareCr) defects.push('bare_cr');
  if (record.hasNul) defects.push('nul_byte');
  if (record.hasHighBytes && !isUtf8(text)) defects.push('invalid_utf8');
  return defects;
}

const byteOrderMarkLength = (bytes: Buffer): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

function blankLineLength(bytes: Buffer, position: number): number {
  if (bytes[position] === LF) return 1;
  return bytes[position] === CR && bytes[position + 1] === LF ? 2 : 0;
}

const withoutCr = (bytes: Buffer, start: number, end: number): number =>
  end > start && bytes[end - 1] === CR ? end - 1 : end;
