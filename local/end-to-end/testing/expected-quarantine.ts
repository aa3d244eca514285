import type { DefectKind } from '../../generator/defects/kinds.ts';
import type { PartitionTruth, PlantTruth } from '../../generator/truth.ts';
import type { Quarantined } from './lake.ts';

/** Every reason that a record of this kind must have, and no other. */
const REASONS: Readonly<Partial<Record<DefectKind, RegExp>>> = {
  short_line: /^field_count$/,
  long_line: /^field_count$/,
  too_few_fields: /^field_count$/,
  broken_line: /^broken_quotes$/,
  unclosed_quote: /^broken_quotes$/,
  nul_byte: /^nul_byte$/,
  invalid_utf8: /^invalid_utf8$/,
  bare_cr: /^bare_cr$/,
  missing_key: /^missing_value:(customer|agent|call|complaint|request|message)_id$/,
  impossible_date: /^not_a_(date|timestamp):\w+$/,
  value_too_large: /^too_long:(name|resolution_status|message_text)$/,
  conflict: /^conflicting_key$/,
  duplicate: /^duplicate$/,
};

/** What is left of a record whose quotes are broken: a line that is too short. */
const REST_OF_A_LINE = /^field_count$/;
/** Of two copies either may be the one that is set aside. */
const COPIES: ReadonlySet<DefectKind> = new Set(['duplicate', 'conflict']);
/** A table has no order of its own: it is read by key. */
const UNORDERED: ReadonlySet<string> = new Set(['web_forms']);

interface Expected {
  readonly what: string;
  readonly reasons: RegExp;
  /** Where it must stand, if that is known. */
  readonly ordinal: number | null;
  /** What its raw text must hold. */
  readonly id: string | null;
}

/** What does not agree between a partition's quarantine and its planted defects; nothing when all is well. */
export function quarantineDifferences(
  partition: PartitionTruth,
  quarantine: readonly Quarantined[],
): { missing: string[]; unexpected: string[] } {
  const left = [...quarantine];
  const missing: string[] = [];
  for (const expected of expectedOf(partition)) {
    const index = left.findIndex((found) => isExpected(found, expected));
    if (index === -1) missing.push(expected.what);
    else left.splice(index, 1);
  }
  return { missing, unexpected: left.map(({ ordinal, reasons }) => `record ${ordinal}: ${reasons}`) };
}

const isExpected = ({ ordinal, reasons, raw }: Quarantined, expected: Expected): boolean =>
  expected.reasons.test(reasons) &&
  (expected.ordinal === null || expected.ordinal === ordinal) &&
  (expected.id === null || raw.includes(expected.id));

/** Those with a place of their own first, so that no other takes what must be theirs. */
const expectedOf = (partition: PartitionTruth): Expected[] =>
  partition.plants
    .flatMap((plant) => expectedOfPlant(partition.source, plant))
    .toSorted((a, b) => Number(a.ordinal === null) - Number(b.ordinal === null));

function expectedOfPlant(source: string, { kind, id, ordinal, accounts }: PlantTruth): Expected[] {
  const isAnywhere = COPIES.has(kind) || UNORDERED.has(source);
  return Array.from({ length: accounts.quarantined + accounts.deduplicated }, (_, n): Expected => {
    const reasons = n === 0 ? REASONS[kind] : REST_OF_A_LINE;
    if (reasons === undefined) throw new Error(`No reason is known for ${kind}`);
    return {
      what: `${kind} at record ${ordinal + n}`,
      reasons,
      ordinal: isAnywhere ? null : ordinal + n,
      id: n === 0 ? id : null,
    };
  });
}
