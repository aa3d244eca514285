import { posix } from 'node:path';
import { ofType, textAt, violation, type Plan, type Violation } from '../harness/plan.ts';

/** Where the page is, from the repository's root. */
export const ON_CALL_PAGE = 'docs/operations/on-call.md';

const RULE = 'every alarm stands on the on-call page, with its runbook';

/** A row of one of the page's tables: what its first cell names, and the files that the row links. */
interface Row {
  readonly name: string;
  readonly links: readonly string[];
}

/**
 * Alarms that somebody on call would not find. An alarm has a row of its own that links its runbook; an alarm of a
 * function has one for its kind (`<function>-errors`), and its function has one that links the runbook.
 */
export function onCallProblems(plan: Plan, page: string): Violation[] {
  const rows = rowsOf(page);
  return ofType(plan, 'aws_cloudwatch_metric_alarm').flatMap(({ values }) => {
    const name = textAt(values, 'alarm_name').replace(/^coretelecoms-[a-z]+-/, '');
    const runbook = /Runbook: https:\/\/.*?\/blob\/[^/]+\/(\S+)/.exec(
      textAt(values, 'alarm_description'),
    )?.[1];
    if (runbook === undefined) return [violation(RULE, name, 'its description names no runbook')];
    const own = rows.find((row) => row.name === name);
    const row = own ?? functionRow(rows, name);
    if (row === undefined) return [violation(RULE, name, 'has no row')];
    return row.links.includes(runbook) ? [] : [violation(RULE, name, `its row does not link ${runbook}`)];
  });
}

function functionRow(rows: readonly Row[], alarm: string): Row | undefined {
  const hasKind = (ending: string): boolean => rows.some(({ name }) => name === `<function>-${ending}`);
  return rows.find(({ name }) => alarm.startsWith(`${name}-`) && hasKind(alarm.slice(name.length + 1)));
}

function rowsOf(page: string): Row[] {
  return [...page.matchAll(/^\| (.+?) \|(.*)\|$/gm)].map(([, first = '', rest = '']) => ({
    name: first.replaceAll('`', ''),
    links: [...rest.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = '']) =>
      posix.normalize(posix.join(posix.dirname(ON_CALL_PAGE), target)),
    ),
  }));
}
