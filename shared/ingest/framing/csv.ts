import { isUtf8 } from 'node:buffer';
import { SourceUnreadable } from '../../runtime/errors.ts';
import { byteOrderMarkLength } from './byte-order-mark.ts';
import { csvFields } from './csv-fields.ts';
import { CsvScanner, maxRecordBytes, swallowsRecords, type ScanOutcome } from './csv-scanner.ts';
import type { Framed } from './framed.ts';
import { maxRawBytes, type RecordSpool, type StructuralDefect } from './record-spool.ts';

const LF = 0x0a;
const CR = 0x0d;

/** A record that does not end within the buffer always is too long, so framing never waits for room. */
const bufferBytes = 4 * maxRecordBytes;

/**
 * Frames CSV with a header line. One bad line never takes a good one with it: where quotes do not add up, only the
 * line on which the record began is diverted, and the line after it begins a new record.
 */
export async function frameCsv(source: AsyncIterable<Uint8Array>, spool: RecordSpool): Promise<Framed> {
  const framer = new CsvFramer(spool);
  for await (const chunk of source) framer.push(chunk);
  const headers = framer.finish();
  return { headers, fields: headers };
}

class CsvFramer {
  readonly #spool: RecordSpool;
  readonly #scanner = new CsvScanner();
  /** Bytes not framed yet: the first `#filled` of the buffer; `#offset` is the place of the first in the source. */
  readonly #buffer = Buffer.allocUnsafe(bufferBytes);
  #filled = 0;
  #offset = 0;
  #headers: readonly string[] | undefined;
  #isStart = true;
  /** Set while the rest of a line that is longer than any record is thrown away. */
  #isSkippingLine = false;

  constructor(spool: RecordSpool) {
    this.#spool = spool;
  }

  push(chunk: Uint8Array): void {
    for (let taken = 0; taken < chunk.length;) {
      const part = chunk.subarray(taken, taken + bufferBytes - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === bufferBytes) this.#frame(false);
    }
  }

  /** Frames what is left and returns the header. */
  finish(): readonly string[] {
    this.#frame(true);
    if (this.#headers === undefined) throw new SourceUnreadable('the source is empty: it has no header line');
    return this.#headers;
  }

  #frame(isLast: boolean): void {
    let position = this.#isStart ? byteOrderMarkLength(this.#buffer, this.#filled) : 0;
    this.#isStart = false;
    while (position < this.#filled) {
      const next = this.#isSkippingLine ? this.#skipLine(position) : this.#frameRecord(position, isLast);
      if (next === position) break;
      position = next;
    }
    this.#buffer.copyWithin(0, position, this.#filled);
    this.#filled -= position;
    this.#offset += position;
  }

  /** Frames the record at `start`; returns where the next begins, or `start` when more bytes are needed. */
  #frameRecord(start: number, isLast: boolean): number {
    const blank = this.#blankLineLength(start);
    if (blank > 0) return start + blank;
    const outcome = this.#scanner.scan(this.#buffer, start, this.#filled, isLast);
    if (outcome === 'incomplete') return start;
    if (this.#headers === undefined) return this.#readHeader(start, outcome);
    if (outcome === 'too_long') return this.#divertLine(start, 'record_too_long');
    if (outcome === 'quote_error') return this.#divertLine(start, 'broken_quotes');
    return this.#takeRecord(start, this.#headers.length);
  }

  #takeRecord(start: number, expected: number): number {
    const { end, next, secondLine, fields } = this.#scanner;
    if (secondLine !== -1 && fields !== expected && swallowsRecords(this.#buffer, secondLine, next, expected))
      return this.#divertLine(start, 'broken_quotes');
    const offset = this.#offset + start;
    const defects = this.#structuralDefects(start, expected);
    if (defects === undefined) this.#spool.acceptBytes(this.#buffer, start, end, offset);
    else this.#spool.divert(defects, this.#buffer.subarray(start, end), offset);
    return next;
  }

  /** What is wrong with the scanned record; undefined where nothing is. */
  #structuralDefects(start: number, expectedFields: number): StructuralDefect[] | undefined {
    const { end, fields, hasBareCr, hasNul, hasHighBytes } = this.#scanner;
    if (fields === expectedFields && !hasBareCr && !hasNul && !hasHighBytes) return undefined;
    const defects: StructuralDefect[] = [];
    if (fields !== expectedFields) defects.push('field_count');
    if (hasBareCr) defects.push('bare_cr');
    if (hasNul) defects.push('nul_byte');
    if (hasHighBytes && !isUtf8(this.#buffer.subarray(start, end))) defects.push('invalid_utf8');
    return defects.length === 0 ? undefined : defects;
  }

  #divertLine(start: number, defect: StructuralDefect): number {
    const lineEnd = this.#lineEnd(start);
    const end = lineEnd === -1 ? this.#filled : lineEnd;
    const isCrLf = end > start && this.#buffer[end - 1] === CR;
    const line = this.#buffer.subarray(start, Math.min(isCrLf ? end - 1 : end, start + maxRawBytes));
    this.#spool.divert(line.includes(0) ? [defect, 'nul_byte'] : [defect], line, this.#offset + start);
    this.#isSkippingLine = lineEnd === -1;
    return lineEnd === -1 ? end : lineEnd + 1;
  }

  #skipLine(position: number): number {
    const lineEnd = this.#lineEnd(position);
    this.#isSkippingLine = lineEnd === -1;
    return lineEnd === -1 ? this.#filled : lineEnd + 1;
  }

  #lineEnd(start: number): number {
    const lineEnd = this.#buffer.indexOf(LF, start);
    return lineEnd >= this.#filled ? -1 : lineEnd;
  }

  #blankLineLength(position: number): number {
    if (this.#buffer[position] === LF) return 1;
    const isCrLf =
      this.#buffer[position] === CR && position + 1 < this.#filled && this.#buffer[position + 1] === LF;
    return isCrLf ? 2 : 0;
  }

  #readHeader(start: number, outcome: ScanOutcome): number {
    if (outcome !== 'record') throw new SourceUnreadable('the header line has quotes that do not add up');
    const { end, next, hasNul, hasBareCr } = this.#scanner;
    const text = this.#buffer.subarray(start, end);
    if (hasNul || !isUtf8(text)) throw new SourceUnreadable('the header line is not UTF-8 text');
    if (hasBareCr) throw new SourceUnreadable('the lines end in a bare CR; they must end in LF or CRLF');
    this.#headers = csvFields(text.toString()).map((header) => header ?? '');
    return next;
  }
}
