import { SourceUnreadable } from '../../runtime/errors.ts';
import { inBlocks } from './blocks.ts';
import { maxRecordBytes } from './csv-scanner.ts';
import { maxRawBytes } from './record-spool.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const COMMA = 0x2c;
const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

export interface JsonElement {
  readonly bytes: Buffer;
  readonly offset: number;
  /** Larger than a record may be: `bytes` are its beginning only. */
  readonly isTooLong: boolean;
}

/**
 * Cuts one JSON array into its elements without parsing them, so that a large array never is in memory at once.
 * Throws `SourceUnreadable` when the array does not end, or when something follows it.
 */
export async function* jsonElements(source: AsyncIterable<Uint8Array>): AsyncGenerator<JsonElement> {
  let pending: Buffer = Buffer.alloc(0);
  let offset = 0;
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let isClosed = false;
  /** Where the element under way begins in `bytes`; −1 between elements. */
  let start = -1;
  /** Beginning and offset of the element under way once it is larger than a record may be; the rest is passed over. */
  let overlong: { readonly bytes: Buffer; readonly offset: number } | undefined;
  for await (const block of inBlocks(source)) {
    let position = pending.length;
    const bytes = position === 0 ? block : Buffer.concat([pending, block]);
    for (; position < bytes.length; position++) {
      const byte = bytes[position] ?? 0;
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) inString = false;
        continue;
      }
      if (isClosed && !SPACE.has(byte))
        throw new SourceUnreadable('something follows the end of the JSON array');
      const endsElement = depth === 1 && (byte === COMMA || CLOSE.has(byte));
      if (endsElement && start !== -1) {
        if (overlong !== undefined) yield { ...overlong, isTooLong: true };
        else yield elementAt(bytes.subarray(start, position), offset + start);
        start = -1;
        overlong = undefined;
      }
      if (CLOSE.has(byte)) {
        depth--;
        isClosed = depth === 0;
      } else if (!endsElement && !SPACE.has(byte)) {
        if (depth === 1 && start === -1) start = position;
        if (byte === QUOTE) inString = true;
        else if (OPEN.has(byte)) depth++;
      }
    }
    if (start !== -1 && bytes.length - start > maxRecordBytes)
      overlong ??= { bytes: Buffer.from(bytes.subarray(start, start + maxRawBytes)), offset: offset + start };
    const keep = start === -1 || overlong !== undefined ? bytes.length : start;
    pending = bytes.subarray(keep);
    offset += keep;
    if (start !== -1) start = 0;
  }
  if (!isClosed) throw new SourceUnreadable('the JSON array does not end; the source may be cut off');
}

function elementAt(bytes: Buffer, offset: number): JsonElement {
  return { bytes: trimmed(bytes), offset, isTooLong: bytes.length > maxRecordBytes };
}

function trimmed(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && SPACE.has(bytes[end - 1] ?? 0)) end--;
  return bytes.subarray(0, end);
}
