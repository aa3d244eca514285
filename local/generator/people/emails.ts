import { hex2 } from '../random/hex.ts';
import type { Random } from '../random/random.ts';
import { FEMALE_NAMES, LAST_NAMES, MALE_NAMES } from './word-lists.ts';

/** The defects of the real e-mail domains: a missing letter, and once mixed case with it. */
export const DOMAIN_TYPOS = ['GmaiL.om', 'hotmai.com'] as const;

/** One domain in so many is misspelt. */
const DOMAINS: readonly string[] = [
  ...Array<string>(7).fill('gmail.com'),
  ...Array<string>(5).fill('yahoo.com'),
  ...Array<string>(5).fill('hotmail.com'),
  'outlook.com',
  ...DOMAIN_TYPOS,
];

const SEPARATORS = ['.', '_', '-'] as const;

const SMALL: ReadonlyMap<string, string> = new Map(
  [...FEMALE_NAMES, ...MALE_NAMES, ...LAST_NAMES].map((name) => [name, name.toLowerCase()]),
);

/** `{hex}{first}{. _ or -}{last}{hex}@{domain}`, with two hex digits before and three behind. */
export function drawEmail(random: Random, first: string, last: string): string {
  const bits = random.next();
  const name = `${SMALL.get(first) ?? first}${random.pick(SEPARATORS)}${SMALL.get(last) ?? last}`;
  return `${hex2(bits)}${name}${hex2(bits >>> 8)}${hex2(bits >>> 16).charAt(0)}@${random.pick(DOMAINS)}`;
}
