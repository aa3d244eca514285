import type { Category } from '../complaints/domains.ts';
import type { Random } from '../random/random.ts';
import { SLOTS, TEMPLATES, type Intent } from './templates.ts';

/** Of ten messages: how many have which intent. Each kind of complaint has an equal share. */
const MIX: readonly Intent[] = [
  'network',
  'network',
  'billing',
  'billing',
  'service',
  'service',
  'praise',
  'question',
  'question',
  'spam',
];

const INTENT_OF: Readonly<Record<Category, Intent>> = {
  'Network Failure': 'network',
  Payments: 'billing',
  'Technician Support': 'service',
  'Router Delivery': 'service',
};

/** A template cut at its slots: text and slot names in turn, beginning with text. */
type Cut = readonly string[];

const CUTS: ReadonlyMap<Intent, readonly Cut[]> = new Map(
  MIX.map((intent) => [intent, TEMPLATES[intent].map((template) => template.split(/\{(\w+)\}/u))]),
);

export function drawIntent(random: Random, category?: Category): Intent {
  return category === undefined ? random.pick(MIX) : INTENT_OF[category];
}

/** What the customer typed, not yet escaped. */
export function drawText(random: Random, intent: Intent): string {
  const cut = random.pick(CUTS.get(intent) ?? []);
  let text = '';
  for (const [i, part] of cut.entries()) text += i % 2 === 0 ? part : random.pick(SLOTS[part] ?? ['']);
  return text;
}

/** Escaped for a line of the inbox: a backslash as `\\`, a line break as `\n`. `|` stays: the text is the last field. */
export function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
