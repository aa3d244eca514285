/**
 * The byte-level grammar of one CSV record (RFC 4180 with LF or CRLF line ends). It decides where a record ends and
 * what is wrong with it; it converts nothing.
 */
const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/** No record may be longer; without a bound one open quote would swallow the rest of a file. */
export const maxRecordBytes = 1024 * 1024;

export interface ScannedRecord {
  readonly kind: 'record';
  /** Where the record's text ends (its line end excluded). */
  readonly end: number;
  /** Where the next record begins. */
  readonly next: number;
  readonly fields: number;
  /** Physical lines; more than one where a quoted field holds line ends. */
  readonly lines: number;
  /** Where the second physical line begins; equals `next` for a record of one line. */
  readonly secondLine: number;
  readonly hasNul: boolean;
  readonly hasBareCr: boolean;
  /** Bytes above 127: the encoding needs a check. */
  readonly hasHighBytes: boolean;
  /** A quote inside an unquoted field; it stands for itself. */
  readonly hasStrayQuote: boolean;
}

/** What the bytes from `start` begin with. */
export type Scan =
  | ScannedRecord
  /** The buffer ends before the record does. */
  | { readonly kind: 'incomplete' }
  /** Text after a closing quote, the end of the input inside quotes, or a quoted record that is too long. */
  | { readonly kind: 'quote_error' }
  /** One physical line that is longer than a record may be. */
  | { readonly kind: 'too_long' };

/**
 * Scans the record that begins at `start`. `limit` is the end of the bytes at hand; `isLast` says that nothing
 * follows them.
 */
export function scanRecord(bytes: Buffer, start: number, limit: number, isLast: boolean): Scan {
  const bound = Math.min(limit, start + maxRecordBytes);
  let position = start;
  let fields = 1;
  let lines = 1;
  let secondLine = -1;
  let hasNul = false;
  let hasBareCr = false;
  let hasHighBytes = false;
  let hasStrayQuote = false;
  let isFieldStart = true;

  const finish = (end: number, next: number): ScannedRecord => ({
    kind: 'record',
    end,
    next,
    fields,
    lines,
    secondLine: secondLine === -1 ? next : secondLine,
    hasNul,
    hasBareCr,
    hasHighBytes,
    hasStrayQuote,
  });
  const runOut = (inQuotes: boolean): Scan => {
    if (bound < limit) return { kind: inQuotes ? 'quote_error' : 'too_long' };
    return isLast ? { kind: 'quote_error' } : { kind: 'incomplete' };
  };

  while (position < bound) {
    const byte = bytes[position];
    if (byte === QUOTE && isFieldStart) {
      position++;
      for (;;) {
        if (position >= bound) return runOut(true);
        const inner = bytes[position];
        if (inner === QUOTE) {
          if (position + 1 >= limit && !isLast) return { kind: 'incomplete' };
          if (bytes[position + 1] !== QUOTE || position + 1 >= limit) break;
          position++;
        } else if (inner === LF) {
          lines++;
          if (secondLine === -1) secondLine = position + 1;
        } else if (inner === 0) hasNul = true;
        else if (inner !== undefined && inner > 127) hasHighBytes = true;
        position++;
      }
      position++;
      isFieldStart = false;
      if (position >= limit) return isLast ? finish(position, position) : { kind: 'incomplete' };
      const after = bytes[position];
      if (after === CR && position + 1 >= limit && !isLast) return { kind: 'incomplete' };
      if (after !== COMMA && after !== LF && !(after === CR && bytes[position + 1] === LF))
        return { kind: 'quote_error' };
    } else if (byte === COMMA) {
      fields++;
      isFieldStart = true;
      position++;
    } else if (byte === LF) {
      return finish(position, position + 1);
    } else if (byte === CR) {
      if (position + 1 >= limit && !isLast) return { kind: 'incomplete' };
      if (position + 1 < limit && bytes[position + 1] === LF) return finish(position, position + 2);
      hasBareCr = true;
      isFieldStart = false;
      position++;
    } else {
      if (byte === QUOTE) hasStrayQuote = true;
      else if (byte === 0) hasNul = true;
      else if (byte !== undefined && byte > 127) hasHighBytes = true;
      isFieldStart = false;
      position++;
    }
  }
  return bound === limit && isLast ? finish(position, position) : runOut(false);
}

/**
 * Whether a record of several lines rather is an open quote that swallowed good records: a later line of it is, on
 * its own, a record with the right number of fields.
 */
export function swallowsRecords(bytes: Buffer, record: ScannedRecord, expectedFields: number): boolean {
  let lineStart = record.secondLine;
  while (lineStart < record.end) {
    const inner = scanRecord(bytes, lineStart, record.next, true);
    if (inner.kind === 'record' && inner.fields === expectedFields && !inner.hasStrayQuote) return true;
    const lineEnd = bytes.indexOf(LF, lineStart);
    if (lineEnd === -1) return false;
    lineStart = lineEnd + 1;
  }
  return false;
}
