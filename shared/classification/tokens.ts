import { fold } from './fold.ts';

/** Tokens beyond this one are not read: an SMS has fewer, and a longer text has said by then what it is about. */
export const MOST_TOKENS = 200;

/**
 * Rewrites of the folded text, in this order; the macro `classifier_tokens` makes the same ones. Patterns hold no
 * backslash, no lookaround, and no alternative that begins another one: leftmost-first (RE2, JavaScript) and
 * leftmost-longest (POSIX, Redshift) then find the same matches. Upper case marks what no customer can have typed.
 */
const REWRITES: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/(https?:|www[.])[^ ]*/g, ' URL '],
  [/[^ ]*@[^ ]*/g, ' '],
  [/[a-z0-9-]+[.][a-z.]*[/][^ ]*/g, ' URL '],
  [/[0-9]+([.,:/-][0-9]+)*/g, '0'],
  [/[$] *0/g, ' MONEY '],
  [/0 *[$]/g, ' MONEY '],
  [/[?]/g, ' ASK '],
  [/!/g, ' BANG '],
  [/\^/g, ' ANGRY '],
  [/~/g, ' HAPPY '],
  [/[|]/g, ' SAD '],
  [/[^a-zA-Z0]+/g, ' '],
];

/**
 * The tokens of a text, a blank between them: lower-case words without apostrophes, `0` for any number, and upper-case
 * markers for what is no word (URL, MONEY, ASK, BANG, ANGRY, HAPPY, SAD). Empty for a text without any.
 */
export function tokenText(text: string): string {
  const folded = fold(text).toLowerCase().replaceAll("'", '');
  return REWRITES.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), folded).trim();
}

/** The first tokens of a text, in order. */
export const tokensOf = (text: string): readonly string[] =>
  tokenText(text).split(' ').filter(Boolean).slice(0, MOST_TOKENS);
