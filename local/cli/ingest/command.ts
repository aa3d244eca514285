import { parseArgs } from 'node:util';

export const USAGE = `Invokes one ingest function for one partition.

  npm run ingest -- <function> <YYYY-MM-DD>[THH] [options]

  <function>        agents, call-logs, customers, sms, social-media, web-forms, …
  THH               the hour (UTC) of an hourly source: 2025-11-20T08

  --force           read the source again even if nothing changed
  --accept-volume   commit even if the number of rows is unusual
  --withdraw        take the partition back: it then stands for no rows
  --restore LOAD    make an earlier load the partition's again, by its id
  --local           use the local services (npm start -- --keep-running) instead of AWS
  --json            print the function's answer as JSON
  --help

In AWS the usual credentials and region apply (AWS_PROFILE, AWS_REGION, …).
Exit code: 0 done, 1 the function failed or could not be reached, 2 the command was not understood.`;

export interface IngestCommand {
  readonly functionName: string;
  readonly event: IngestEvent;
  readonly isLocal: boolean;
  readonly isJson: boolean;
}

export interface IngestEvent {
  readonly partition_date: string;
  readonly partition_hour?: number;
  readonly force?: true;
  readonly accept_volume?: true;
  readonly withdraw?: true;
  readonly restore?: string;
}

/** The command line makes no sense; the message says why. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const PARTITION = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}))?$/;

/** Throws `UsageError` for anything that is not exactly a command. */
export function parseCommand(args: readonly string[]): IngestCommand | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help === true) return 'help';
  const [functionName, partition, ...more] = positionals;
  if (functionName === undefined || partition === undefined || more.length > 0) {
    throw new UsageError(`A function and a partition are needed, and nothing else.\n\n${USAGE}`);
  }
  const [, date, hour] = PARTITION.exec(partition) ?? [];
  if (date === undefined) {
    throw new UsageError(
      `"${partition}" is not a partition: write 2025-11-20, or 2025-11-20T08 for an hour.`,
    );
  }
  const event: IngestEvent = {
    partition_date: date,
    ...(hour !== undefined && { partition_hour: Number(hour) }),
    ...(values.force === true && { force: true }),
    ...(values['accept-volume'] === true && { accept_volume: true }),
    ...(values.withdraw === true && { withdraw: true }),
    ...(values.restore !== undefined && { restore: values.restore }),
  };
  return { functionName, event, isLocal: values.local === true, isJson: values.json === true };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        force: { type: 'boolean' },
        'accept-volume': { type: 'boolean' },
        withdraw: { type: 'boolean' },
        restore: { type: 'string' },
        local: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
