/** The word before the first one, so that a term can say how a text begins. */
const START = 'START';
/** Concept of words that say nothing by themselves: they are left out of pairs, so that pairs reach across them. */
const SILENT = '-';
/** A term that every text has; its weights are what the model thinks before it has read a word. */
export const ALWAYS = '(always)';

/** From word to concept, as in dbt/seeds/classifier_words.csv. */
export type Concepts = ReadonlyMap<string, string>;

/**
 * The terms of a text, each once: its tokens, their concepts (a token without one is its own), and pairs of
 * neighbouring concepts. Concepts are upper case, so that the three kinds cannot be mistaken for each other.
 */
export function termsOf(tokens: readonly string[], concepts: Concepts): ReadonlySet<string> {
  const terms = new Set([ALWAYS, ...tokens]);
  let previous = START;
  for (const token of tokens) {
    const concept = concepts.get(token) ?? token;
    if (concept === SILENT) continue;
    terms.add(concept).add(`${previous} ${concept}`);
    previous = concept;
  }
  return terms;
}
