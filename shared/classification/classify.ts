import { ALWAYS, termsOf, type Concepts } from './terms.ts';
import { tokensOf } from './tokens.ts';

/** In the order in which a tie is decided, and in which weights are written. */
export const CLASSES = ['network', 'billing', 'service', 'not_complaint'] as const;
export type Class = (typeof CLASSES)[number];

export const BUCKETS = {
  network: 'Network (Latency)',
  billing: 'Incorrect Billing',
  service: 'Bad Customer Service',
} as const;
export type Bucket = (typeof BUCKETS)[keyof typeof BUCKETS] | 'Unclassified';

/** One number per class, in the order of `CLASSES`; thousandths, so that sums are exact. */
export type Weights = readonly [network: number, billing: number, service: number, notComplaint: number];

export interface Model {
  readonly concepts: Concepts;
  readonly weights: ReadonlyMap<string, Weights>;
  /** By how much a class must be ahead to be decided for. */
  readonly margins: Weights;
}

export interface Classification {
  readonly bucket: Bucket;
  /** null: undecided */
  readonly isComplaint: boolean | null;
  /** Sum of the best class's weights, thousandths; null where no term of the text is known */
  readonly score: number | null;
  /** How far it is ahead of the second, thousandths */
  readonly margin: number | null;
  /** Up to five terms that put the best class ahead of the second, the weightiest first, joined by `, `; null for none */
  readonly matchedTerms: string | null;
}

const MOST_MATCHED = 5;
const NOTHING: Classification = {
  bucket: 'Unclassified',
  isComplaint: null,
  score: null,
  margin: null,
  matchedTerms: null,
};

/**
 * What a text complains about, if it does. A complaint is `true` where the best bucket is ahead of "no complaint" by
 * the margin; it gets that bucket where it is ahead of the other buckets by the margin as well.
 */
export function classify(text: string | null, model: Model): Classification {
  if (text === null) return NOTHING;
  const found = weighted(termsOf(tokensOf(text), model.concepts), model);
  if (found.every(([term]) => term === ALWAYS)) return NOTHING;
  const totals = sum(found.map(([, weights]) => weights));
  const best = highest(totals);
  const second = highest(totals, best);
  const score = totals[best];
  const margin = score - totals[second];
  const name = CLASSES[best];
  const needed = model.margins[best];
  return {
    bucket: name === 'not_complaint' || margin < needed ? 'Unclassified' : BUCKETS[name],
    isComplaint:
      name === 'not_complaint' ? falseFrom(margin >= needed) : trueFrom(score - totals[3] >= needed),
    score,
    margin,
    matchedTerms: matchedTerms(found, best, second),
  };
}

const trueFrom = (isSure: boolean): true | null => (isSure ? true : null);
const falseFrom = (isSure: boolean): false | null => (isSure ? false : null);

type Found = readonly (readonly [term: string, weights: Weights])[];

function weighted(terms: ReadonlySet<string>, { weights }: Model): Found {
  return [...terms].flatMap((term) => {
    const known = weights.get(term);
    return known === undefined ? [] : [[term, known] as const];
  });
}

const sum = (all: readonly Weights[]): Weights =>
  all.reduce<Weights>((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]], [0, 0, 0, 0]);

type Place = 0 | 1 | 2 | 3;
const PLACES = [0, 1, 2, 3] as const;

/** The first place with the highest total, leaving one out. */
function highest(totals: Weights, except?: Place): Place {
  const places = PLACES.filter((place) => place !== except);
  return places.reduce((best, place) => (totals[place] > totals[best] ? place : best));
}

function matchedTerms(found: Found, best: Place, second: Place): string | null {
  const matched = found
    .map(([term, weights]) => ({ term, lead: weights[best] - weights[second] }))
    .filter(({ term, lead }) => lead > 0 && term !== ALWAYS)
    .sort((a, b) => b.lead - a.lead || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_MATCHED);
  return matched.length === 0 ? null : matched.map(({ term }) => term).join(', ');
}
