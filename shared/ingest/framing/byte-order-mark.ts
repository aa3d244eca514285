/** Bytes that a UTF-8 byte-order mark takes at the start of a source: 3 or none. */
export const byteOrderMarkLength = (bytes: Buffer, filled = bytes.length): number =>
  filled >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
