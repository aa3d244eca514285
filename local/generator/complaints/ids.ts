import { hex2, hex4, uuidDigits, uuidSlice4, uuidSlice9, type UuidWords } from '../random/hex.ts';
import type { Random } from '../random/random.ts';

/**
 * Complaint ids as the real sources build them. Each embeds its customer's uuid, so a complaint id is personal data, and
 * the id and the customer column can be checked against each other.
 */
export type ComplaintIdMaker = (random: Random, customer: UuidWords) => string;

const MARKS = 'KQX';
const SUFFIXES = ['ak', 'gd', 'wq', 'ad'] as const;

const PAIRS: readonly string[] = Array.from({ length: 676 }, (_, n) =>
  String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26)),
);
const CAPITALS: readonly string[] = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n));
const SMALL: readonly string[] = CAPITALS.map((letter) => letter.toLowerCase());

/** 3 letters + 4 hex + mark + uuid digits + 2–4 digits + 9 hex of the uuid + mark + suffix. */
function longId(random: Random, customer: UuidWords, firstLetters: readonly string[]): string {
  const bits = random.next();
  const number = 10 + random.below(9990);
  return (
    random.pick(firstLetters) +
    random.pick(PAIRS) +
    hex4(bits) +
    MARKS.charAt((bits >>> 16) % 3) +
    uuidDigits(customer) +
    number +
    uuidSlice9(customer, (bits >>> 20) % 6) +
    MARKS.charAt((bits >>> 24) % 3) +
    (SUFFIXES[bits >>> 30] ?? 'ak')
  );
}

/** `call ID`: the first letter is a capital. */
export const makeCallId: ComplaintIdMaker = (random, customer) => longId(random, customer, CAPITALS);

/** `complaint_id` of social media: as a call's, all small letters. */
export const makeSocialId: ComplaintIdMaker = (random, customer) => longId(random, customer, SMALL);

/** `request_id`: 2 letters + 2 hex + uuid[4:8] + mark + uuid digits + 3–4 digits + 4 hex of the uuid + mark + suffix. */
export const makeRequestId: ComplaintIdMaker = (random, customer) => {
  const bits = random.next();
  return (
    random.pick(PAIRS) +
    hex2(bits) +
    uuidSlice4(customer, 1) +
    MARKS.charAt((bits >>> 16) % 3) +
    uuidDigits(customer) +
    (100 + random.below(9900)) +
    uuidSlice4(customer, (bits >>> 20) % 8) +
    MARKS.charAt((bits >>> 24) % 3) +
    (SUFFIXES[bits >>> 30] ?? 'ak')
  );
};
