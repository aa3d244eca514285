/**
 * Reads JSON texts, one a line, from standard input and writes what the classifier makes of each, one JSON a line:
 *
 *     read-texts.ts terms      the terms of the text, sorted
 *     read-texts.ts classify   its classification
 *     read-texts.ts generator  nothing; writes the messages that local/generator knows, each as [intent, text]
 *
 * So that training and evaluation, which are Python, read texts with the tokeniser that the platform runs.
 */
import { readFileSync, writeSync } from 'node:fs';
import { classifyText, MODEL } from '../../shared/classification/classifier.ts';
import { termsOf } from '../../shared/classification/terms.ts';
import { tokensOf } from '../../shared/classification/tokens.ts';
import { INTENTS, SLOTS, TEMPLATES } from '../generator/sms/templates.ts';

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  terms: (text) => [...termsOf(tokensOf(text), MODEL.concepts)].sort(),
  classify: classifyText,
};

/** Every template of the generator, its slots filled with their first value. */
const generatorMessages = (): readonly (readonly [intent: string, text: string])[] =>
  INTENTS.flatMap((intent) =>
    TEMPLATES[intent].map(
      (template) =>
        [intent, template.replaceAll(/\{(\w+)\}/g, (_, slot: string) => SLOTS[slot]?.[0] ?? '')] as const,
    ),
  );

function readTexts(reader: (text: string) => unknown): readonly unknown[] {
  return readFileSync(0, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const text: unknown = JSON.parse(line);
      if (typeof text !== 'string') throw new Error('a line is no JSON string');
      return reader(text);
    });
}

const what = process.argv[2] ?? '';
const reader = READERS[what];
if (reader === undefined && what !== 'generator')
  throw new Error(`usage: read-texts.ts ${Object.keys(READERS).join('|')}|generator`);
const written = reader === undefined ? generatorMessages() : readTexts(reader);
writeSync(1, written.map((one) => `${JSON.stringify(one)}\n`).join(''));
