import { mailsOf, type TestFolder } from './platform-run.ts';

/** An alert's mail, by what it names. */
export interface Alert {
  readonly dag: string;
  readonly task: string;
  readonly partition: string;
  readonly error: string;
  readonly run: string;
  readonly tries: string;
  readonly text: string;
}

const FACTS =
  /^What failed {4}(?<partition>.+?) (?:not ingested|not loaded|not reconciled|marts not built|beyond its quality limits)\r?\n +dag (?<dag>\w+), task (?<task>[\w.]+), (?<tries>try \d of \d), run (?<run>.+?)\r?$/m;

const isWarning = (text: string): boolean => /^Subject: .* data quality: \d+ new warnings?\r?$/m.test(text);

/** Texts of the mails that tell of data that is newly odd, oldest first. */
export const warningsOf = (folder: TestFolder): string[] => mailsOf(folder).filter(isWarning);

/** All alerts of failed tasks in the mailbox, oldest first. Throws where a mail does not name what it must. */
export function alertsOf(folder: TestFolder): Alert[] {
  const alerts = mailsOf(folder).filter((text) => !isWarning(text));
  return alerts.map((text) => {
    const facts = FACTS.exec(text)?.groups;
    const error = /^Why {12}(\w+)/m.exec(text)?.[1];
    if (facts === undefined || error === undefined) throw new Error(`The alert lacks a fact:\n${text}`);
    const { partition = '', dag = '', task = '', run = '', tries = '' } = facts;
    return { dag, task, partition, error, run, tries, text };
  });
}

/** Alerts as `dag task partition error`, sorted, each as often as it was sent. */
export const named = (alerts: readonly Alert[]): string[] =>
  alerts.map(({ dag, task, partition, error }) => `${dag} ${task} ${partition} ${error}`).toSorted();
