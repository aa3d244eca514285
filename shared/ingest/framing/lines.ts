import { inBlocks } from './blocks.ts';
import { byteOrderMarkLength } from './byte-order-mark.ts';
import { maxRecordBytes } from './csv-scanner.ts';

const LF = 0x0a;
const CR = 0x0d;

export interface Line {
  /** Without its line end (LF or CRLF). */
  readonly bytes: Buffer;
  readonly offset: number;
  /** The source ends without a line end after this line. */
  readonly isUnterminated: boolean;
  /** Longer than any record may be; `bytes` is its beginning. */
  readonly isTooLong: boolean;
}

/** Cuts a source into its lines; blank ones and a byte-order mark are left out. Memory is bounded by two blocks. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let pending: Buffer = Buffer.alloc(0);
  let offset = 0;
  let isFirst = true;
  let tooLong: Buffer | undefined;
  for await (const block of inBlocks(source)) {
    const bytes = pending.length === 0 ? block : Buffer.concat([pending, block]);
    let start = isFirst ? byteOrderMarkLength(bytes) : 0;
    isFirst = false;
    for (let end = bytes.indexOf(LF, start); end !== -1; end = bytes.indexOf(LF, start)) {
      const line = { offset: offset + start, isUnterminated: false };
      if (tooLong !== undefined) yield { ...line, bytes: tooLong, isTooLong: true };
      else if (withoutCr(bytes, start, end) > start)
        yield { ...line, ...boundedLine(bytes.subarray(start, withoutCr(bytes, start, end))) };
      tooLong = undefined;
      start = end + 1;
    }
    if (tooLong !== undefined) start = bytes.length;
    else if (bytes.length - start > maxRecordBytes) {
      tooLong = Buffer.from(bytes.subarray(start, start + maxRecordBytes));
      start = bytes.length;
    }
    pending = bytes.subarray(start);
    offset += start;
  }
  if (tooLong !== undefined) yield { bytes: tooLong, offset, isUnterminated: true, isTooLong: true };
  else if (withoutCr(pending, 0, pending.length) > 0)
    yield {
      ...boundedLine(pending.subarray(0, withoutCr(pending, 0, pending.length))),
      offset,
      isUnterminated: true,
    };
}

const boundedLine = (bytes: Buffer) => ({
  bytes: bytes.subarray(0, maxRecordBytes),
  isTooLong: bytes.length > maxRecordBytes,
});

const withoutCr = (bytes: Buffer, start: number, end: number): number =>
  end > start && bytes[end - 1] === CR ? end - 1 : end;
