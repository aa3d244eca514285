import { classify, CLASSES, type Classification, type Model, type Weights } from './classify.ts';
import terms from './generated/terms.json' with { type: 'json' };
import words from './generated/words.json' with { type: 'json' };

/** The row of dbt/seeds/classifier_terms.csv that is no term: the margins. */
const MARGIN = '(margin)';

/** The reviewed model: dbt/seeds/classifier_terms.csv and classifier_words.csv, of which the two imports are copies. */
export const MODEL: Model = modelFrom(terms, words);

/** What a text complains about, if it does, by the reviewed model. */
export const classifyText = (text: string | null): Classification => classify(text, MODEL);

function modelFrom(
  terms: Readonly<Record<string, readonly number[]>>,
  words: Readonly<Record<string, string>>,
): Model {
  const weights = new Map(Object.entries(terms).map(([term, row]) => [term, asWeights(term, row)]));
  const margins = weights.get(MARGIN);
  if (margins === undefined) throw new Error(`the classifier's terms have no row ${MARGIN}`);
  weights.delete(MARGIN);
  return { concepts: new Map(Object.entries(words)), weights, margins };
}

function asWeights(term: string, row: readonly number[]): Weights {
  const [network, billing, service, notComplaint, ...rest] = row;
  if (
    network === undefined ||
    billing === undefined ||
    service === undefined ||
    notComplaint === undefined ||
    rest.length > 0
  )
    throw new Error(`the term "${term}" has not ${CLASSES.length} weights`);
  return [network, billing, service, notComplaint];
}
