/**
 * The byte-level grammar of one CSV record (RFC 4180 with LF or CRLF line ends). It decides where a record ends and
 * what is wrong with it; it converts nothing.
 */
const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const NUL = 0;

/** 1 for every byte that means something to the grammar; all others are passed over without a second look. */
const isSpecial = new Uint8Array(256);
for (const byte of [QUOTE, COMMA, LF, CR, NUL]) isSpecial[byte] = 1;
isSpecial.fill(1, 128);

/** No record may be longer; without a bound one open quote would swallow the rest of a file. */
export const maxRecordBytes = 1024 * 1024;

/**
 * `record`: a whole record. `incomplete`: the bytes end before the record does. `quote_error`: text after a closing
 * quote, the end of the input inside quotes, or a quoted record that is too long. `too_long`: one physical line that is
 * longer than a record may be.
 */
export type ScanOutcome = 'record' | 'incomplete' | 'quote_error' | 'too_long';

/**
 * Scans records; what it found stands in its fields until the next scan. One scanner serves millions of records
 * without making an object of each.
 */
export class CsvScanner {
  /** Where the record's text ends (its line end excluded). */
  end = 0;
  /** Where the next record begins. */
  next = 0;
  fields = 0;
  /** Where the second physical line begins, −1 for a record of one line. */
  secondLine = -1;
  hasNul = false;
  hasBareCr = false;
  /** Bytes above 127: the encoding needs a check. */
  hasHighBytes = false;
  /** A quote inside an unquoted field; it stands for itself. */
  hasStrayQuote = false;

  /** Scans the record at `start`; `limit` is the end of the bytes at hand, `isLast` says that nothing follows them. */
  scan(bytes: Buffer, start: number, limit: number, isLast: boolean): ScanOutcome {
    this.fields = 1;
    this.secondLine = -1;
    this.hasNul = this.hasBareCr = this.hasHighBytes = this.hasStrayQuote = false;
    const bound = Math.min(limit, start + maxRecordBytes);
    let position = start;
    while (position < bound) {
      if (bytes[position] === QUOTE) {
        const after = this.#quotedField(bytes, position + 1, bound);
        if (after === -1) return this.#ranOut(true, bound < limit, isLast);
        if (after >= limit) return isLast ? this.#finish(limit, limit) : 'incomplete';
        const outcome = this.#afterQuotes(bytes, after, limit, isLast);
        if (outcome !== undefined) return outcome;
        position = after + 1;
      } else {
        const outcome = this.#plainFields(bytes, position, bound, limit, isLast);
        if (outcome !== undefined) return outcome;
        position = this.next;
      }
    }
    // The last byte was a comma: an empty field follows it.
    if (bound === limit && isLast) return this.#finish(limit, limit);
    return this.#ranOut(false, bound < limit, isLast);
  }

  /** Passes over a quoted field; returns the place after its closing quote, or −1 when it does not close. */
  #quotedField(bytes: Buffer, from: number, bound: number): number {
    let position = from;
    for (;;) {
      while (position < bound && isSpecial[bytes[position] ?? 0] === 0) position++;
      if (position >= bound) return -1;
      const byte = bytes[position++] ?? 0;
      if (byte === QUOTE) {
        if (position >= bound || bytes[position] !== QUOTE) return position;
        position++;
      } else if (byte === LF) {
        if (this.secondLine === -1) this.secondLine = position;
      } else if (byte === NUL) this.hasNul = true;
      else if (byte > 127) this.hasHighBytes = true;
    }
  }

  /** What follows a closing quote: undefined for a comma, else how the record ends. */
  #afterQuotes(bytes: Buffer, position: number, limit: number, isLast: boolean): ScanOutcome | undefined {
    const byte = bytes[position];
    if (byte === COMMA) {
      this.fields++;
      return undefined;
    }
    if (byte === LF) return this.#finish(position, position + 1);
    if (byte !== CR) return 'quote_error';
    if (position + 1 >= limit) return isLast ? 'quote_error' : 'incomplete';
    return bytes[position + 1] === LF ? this.#finish(position, position + 2) : 'quote_error';
  }

  /** Passes over unquoted fields; leaves the place of the next quoted one in `next`, or says how the record ends. */
  #plainFields(
    bytes: Buffer,
    from: number,
    bound: number,
    limit: number,
    isLast: boolean,
  ): ScanOutcome | undefined {
    let position = from;
    for (;;) {
      while (position < bound && isSpecial[bytes[position] ?? 0] === 0) position++;
      if (position >= bound) {
        if (bound === limit && isLast) return this.#finish(limit, limit);
        return this.#ranOut(false, bound < limit, isLast);
      }
      const byte = bytes[position++] ?? 0;
      if (byte === COMMA) {
        this.fields++;
        if (position < bound && bytes[position] === QUOTE) {
          this.next = position;
          return undefined;
        }
      } else if (byte === LF) {
        return this.#finish(position - 1, position);
      } else if (byte === CR) {
        if (position >= limit && !isLast) return 'incomplete';
        if (position < limit && bytes[position] === LF) return this.#finish(position - 1, position + 1);
        this.hasBareCr = true;
      } else if (byte === QUOTE) this.hasStrayQuote = true;
      else if (byte === NUL) this.hasNul = true;
      else this.hasHighBytes = true;
    }
  }

  #finish(end: number, next: number): ScanOutcome {
    this.end = end;
    this.next = next;
    return 'record';
  }

  #ranOut(isInQuotes: boolean, isTooLong: boolean, isLast: boolean): ScanOutcome {
    if (isTooLong) return isInQuotes ? 'quote_error' : 'too_long';
    return isLast ? 'quote_error' : 'incomplete';
  }
}

/**
 * Whether a record of several lines and the wrong number of fields (from `secondLine` to `next`) rather is an open
 * quote that swallowed good records: a later line of it is, on its own, a record with the right number.
 */
export function swallowsRecords(
  bytes: Buffer,
  secondLine: number,
  next: number,
  expectedFields: number,
): boolean {
  const inner = new CsvScanner();
  for (let line = secondLine; line < next;) {
    const outcome = inner.scan(bytes, line, next, true);
    if (outcome === 'record' && inner.fields === expectedFields && !inner.hasStrayQuote) return true;
    const lineEnd = bytes.indexOf(LF, line);
    if (lineEnd === -1) return false;
    line = lineEnd + 1;
  }
  return false;
}
