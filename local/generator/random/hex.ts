/** Hexadecimal text by table: 16 bits at a time, so that a uuid is eight look-ups. */

export const HEX16: readonly string[] = Array.from({ length: 65536 }, (_, n) =>
  n.toString(16).padStart(4, '0'),
);

/** Four lower-case hexadecimal digits. */
export function hex4(word: number): string {
  return HEX16[word & 0xffff] ?? '';
}

/** Eight 16-bit words with the version and variant bits of a uuid v4 (RFC 9562). */
export type UuidWords = Uint16Array;

/** Fills `words` from four 32-bit numbers. */
export function setUuidWords(words: UuidWords, w0: number, w1: number, w2: number, w3: number): void {
  words[0] = w0 >>> 16;
  words[1] = w0;
  words[2] = w1 >>> 16;
  words[3] = (w1 & 0x0fff) | 0x4000;
  words[4] = ((w2 >>> 16) & 0x3fff) | 0x8000;
  words[5] = w2;
  words[6] = w3 >>> 16;
  words[7] = w3;
}

function at(words: UuidWords, i: number): string {
  return hex4(words[i] ?? 0);
}

/** `xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx`, lower case. */
export function uuidText(w: UuidWords): string {
  return `${at(w, 0)}${at(w, 1)}-${at(w, 2)}-${at(w, 3)}-${at(w, 4)}-${at(w, 5)}${at(w, 6)}${at(w, 7)}`;
}

/** The same 32 digits without dashes. */
export function uuidDigits(w: UuidWords): string {
  return at(w, 0) + at(w, 1) + at(w, 2) + at(w, 3) + at(w, 4) + at(w, 5) + at(w, 6) + at(w, 7);
}

/** Four digits of the uuid, beginning at digit 4 × `word`. */
export function uuidSlice4(w: UuidWords, word: number): string {
  return at(w, word);
}

/** Nine digits of the uuid, beginning at digit 4 × `word` (0–5). */
export function uuidSlice9(w: UuidWords, word: number): string {
  return at(w, word) + at(w, word + 1) + at(w, word + 2).charAt(0);
}
