/** Letters that stand for an ASCII one; the second string has the counterpart at the same place. */
const LETTERS = [
  'ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖØòóôõöøÙÚÛÜùúûüÝýÿŠšŽžŁłẸẹỌọṢṣẠạỊịỤụĄąĆćĘęŃńŚśŹźŻż',
  'AAAAAAaaaaaaCcEEEEeeeeIIIIiiiiNnOOOOOOooooooUUUUuuuuYyySsZzLlEeOoSsAaIiUuAaCcEeNnSsZzZz',
] as const;

/** Signs: apostrophes, quotes, dashes, currencies (as `$`), fullwidth and inverted marks. */
const SIGNS = ['’‘`´“”–—£€₦₵₹¥¿¡？！', "''''\"\"--$$$$$$?!?!"] as const;

/** Characters that the markers of feelings use; a customer's own are blanked. */
const BLANKED = ['^~|', '   '] as const;

/** Emoji by feeling: `^` angry, `~` happy, `|` sad. */
const FEELINGS = [
  ['😡😠🤬👎😤🖕💩😒🙄🤡😑', '^'],
  ['👍😊😀😃😄😁🙂😍🥰❤💖🎉👏🔥😎💯🥳🫶🤗', '~'],
  ['😭😢😞😔😩😫💀🥺', '|'],
] as const;

/** Removed: combining accents, joiners, variation selectors, soft hyphen. */
const REMOVED = '\u0300\u0301\u0302\u0303\u0308\u0323\u0327\u00ad\u200b\u200c\u200d\ufe0f\ufeff';

/** From and to, as SQL's `translate` takes them: characters of `from` beyond the length of `to` are removed. */
export const FOLD = {
  from: [LETTERS[0], SIGNS[0], BLANKED[0], ...FEELINGS.map(([characters]) => characters), REMOVED].join(''),
  to: [
    LETTERS[1],
    SIGNS[1],
    BLANKED[1],
    ...FEELINGS.map(([characters, sign]) => sign.repeat(Array.from(characters).length)),
  ].join(''),
} as const;

const TO = Array.from(FOLD.to);
const FOLDED: ReadonlyMap<string, string> = new Map(
  Array.from(FOLD.from, (character, at) => [character, TO[at] ?? ''] as const),
);

/** The text in printable ASCII: known characters folded, any other one a blank. */
export function fold(text: string): string {
  let folded = '';
  for (const character of text) {
    const known = FOLDED.get(character);
    if (known !== undefined) folded += known;
    else folded += character >= ' ' && character <= '~' ? character : ' ';
  }
  return folded;
}
