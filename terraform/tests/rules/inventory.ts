import { violation, type Plan, type Violation } from '../harness/plan.ts';

const RULE = 'as the inventory says';

/**
 * What each folder creates, one line a block of code: its address without the keys of `for_each`. New functions and
 * sources therefore change nothing here; a block that is taken away or added does.
 */
export function inventoryOf(plans: readonly Plan[]): string {
  const sections = plans.map((plan) => {
    const lines = [
      ...new Set(plan.resources.map(({ address }) => `- \`${address.replaceAll(/\[[^\]]*\]/g, '')}\``)),
    ];
    return [`## ${plan.folder}`, '', ...lines.toSorted(), ''].join('\n');
  });
  return [
    '# What is deployed',
    '',
    'Made from the plans by `node terraform/tests/write-documents.ts`; `npm run verify` compares. One line a block of',
    'code, without the keys of `for_each`.',
    '',
    ...sections,
  ].join('\n');
}

export function inventoryProblems(plans: readonly Plan[], committed: string): Violation[] {
  const now = new Set(inventoryOf(plans).split('\n'));
  const before = new Set(committed.split('\n'));
  return [
    ...[...before]
      .filter((line) => !now.has(line))
      .map((line) => violation(RULE, 'INVENTORY.md', `gone: ${line}`)),
    ...[...now]
      .filter((line) => !before.has(line))
      .map((line) => violation(RULE, 'INVENTORY.md', `new: ${line}`)),
  ];
}
