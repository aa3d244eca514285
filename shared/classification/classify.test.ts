import { describe, expect, test } from 'vitest';
import { classify, type Model } from './classify.ts';
import { classifyText } from './classifier.ts';
import { fold } from './fold.ts';
import { termsOf } from './terms.ts';
import { MOST_TOKENS, tokensOf } from './tokens.ts';

describe('tokens', () => {
  test.each([
    ["Can't load ANYTHING!", ['cant', 'load', 'anything', 'BANG']],
    ['$12.99 or 3,500 at 10:30?', ['MONEY', 'or', '0', 'at', '0', 'ASK']],
    ['₦500, 20€', ['MONEY', 'MONEY']],
    ['2GB in 3days', ['0gb', 'in', '0days']],
    ['see https://x.example/a?b=1 or bit.ly/x', ['see', 'URL', 'or', 'URL']],
    ['@CoreTelecoms me@x.example #nointernet', ['nointernet']],
    ['señal caída 😡😡 ❤️', ['senal', 'caida', 'ANGRY', 'ANGRY', 'HAPPY']],
    ['it’s “down”', ['its', 'down']],
    ['一二三 ^~|', []],
    ['', []],
  ])('%j', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  test('a text is read up to a fixed number of tokens', () => {
    expect(tokensOf('word '.repeat(MOST_TOKENS + 50))).toHaveLength(MOST_TOKENS);
  });

  test('accents that stand alone fold as the letter with its accent does', () => {
    expect(fold('señal'.normalize('NFD'))).toBe(fold('señal'));
  });
});

test('terms are tokens, concepts, and pairs that reach across words that say nothing', () => {
  const concepts = new Map([
    ['charged', 'CHARGE'],
    ['for', '-'],
    ['twice', 'TWICE'],
  ]);
  expect([...termsOf(['charged', 'for', 'twice'], concepts)]).toEqual([
    '(always)',
    'charged',
    'for',
    'twice',
    'CHARGE',
    'START CHARGE',
    'TWICE',
    'CHARGE TWICE',
  ]);
});

describe('classification', () => {
  const model: Model = {
    concepts: new Map(),
    weights: new Map([
      ['(always)', [0, 0, 0, 50]],
      ['signal', [300, 0, 0, 0]],
      ['bill', [0, 300, 0, 0]],
      ['thanks', [0, 0, 0, 300]],
      ['weak', [40, 0, 0, 0]],
      ['bad', [60, 50, 50, 0]],
    ]),
    margins: [200, 200, 200, 200],
  };
  const undecided = { bucket: 'Unclassified', isComplaint: null };

  test('decides by the margin and says which terms decided, the weightiest first', () => {
    expect(classify('weak signal', model)).toEqual({
      bucket: 'Network (Latency)',
      isComplaint: true,
      score: 340,
      margin: 290,
      matchedTerms: 'signal, weak',
    });
    expect(classify('thanks', model)).toMatchObject({
      bucket: 'Unclassified',
      isComplaint: false,
      margin: 350,
    });
  });

  test('a text between two buckets is a complaint without a bucket', () => {
    expect(classify('bill signal', model)).toEqual({
      bucket: 'Unclassified',
      isComplaint: true,
      score: 300,
      margin: 0,
      matchedTerms: 'signal',
    });
  });

  test('under the margin nothing is decided', () => {
    expect(classify('weak', model)).toMatchObject({
      ...undecided,
      score: 50,
      margin: 10,
      matchedTerms: null,
    });
    expect(classify('signal thanks', model)).toMatchObject({ ...undecided, margin: 50 });
  });

  test('a text none of whose terms is known has no score', () => {
    const nothing = { ...undecided, score: null, margin: null, matchedTerms: null };
    expect(classify(null, model)).toEqual(nothing);
    expect(classify('', model)).toEqual(nothing);
    expect(classify('qwertz', model)).toEqual(nothing);
  });

  test('the reviewed model tells the three buckets, and no complaint, apart', () => {
    expect(classifyText('no signal at home since Monday').bucket).toBe('Network (Latency)');
    expect(classifyText('I was charged twice, refund me').bucket).toBe('Incorrect Billing');
    expect(classifyText('agent was rude and hung up').bucket).toBe('Bad Customer Service');
    expect(classifyText('Thank you, great service')).toMatchObject({ isComplaint: false });
  });
});
