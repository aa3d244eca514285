import { parseArgs } from 'node:util';

/** What was asked for cannot be: the message says what is wrong, and the usage follows. */
export class UsageError extends Error {}

/** Something that a person has to look at; the message is the whole of it. */
export class DeployError extends Error {}

/** An option of a command: its place-holder in the usage, what it means, and what it is when left out. */
export interface Option {
  readonly value?: string;
  readonly meaning: string;
  readonly default?: string;
  readonly optional?: boolean;
}

export interface Command<Name extends string> {
  /** As it is typed, from the root of the repository. */
  readonly name: string;
  /** What it does, in a sentence or two. */
  readonly purpose: string;
  readonly options: Readonly<Record<Name, Option>>;
}

/** Value of an option by its name; the empty text where it was left out and has no default. */
export type Values<Name extends string> = (name: Name) => string;

/**
 * Runs a command of a script and sets the exit code: 0 done, 1 failed, 2 asked for something impossible.
 */
export async function runCommand<Name extends string>(
  command: Command<Name>,
  main: (values: Values<Name>) => Promise<void>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  try {
    const values = readOptions(command, args);
    if (values === undefined) console.log(usageOf(command));
    else await main(values);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${usageOf(command)}`);
      process.exitCode = 2;
    } else {
      console.error(`✘ ${messageOf(error)}`);
      process.exitCode = 1;
    }
  }
}

/** The options given, defaults filled in; undefined when help was asked for. Throws UsageError. */
export function readOptions<Name extends string>(
  command: Command<Name>,
  args: readonly string[],
): Values<Name> | undefined {
  const known = Object.entries<Option>(command.options);
  const options = Object.fromEntries(known.map(([name]) => [name, { type: 'string' as const }]));
  const given = parse(args, { ...options, help: { type: 'boolean' as const } });
  if (given['help'] === true) return undefined;
  const values = new Map<string, string>();
  const missing: string[] = [];
  for (const [name, option] of known) {
    const value = given[name];
    values.set(name, typeof value === 'string' ? value : (option.default ?? ''));
    if (values.get(name) === '' && option.optional !== true) missing.push(`--${name}`);
  }
  if (missing.length > 0) throw new UsageError(`Missing: ${missing.join(', ')}.`);
  return (name) => values.get(name) ?? '';
}

function parse(
  args: readonly string[],
  options: Record<string, { type: 'string' } | { type: 'boolean' }>,
): Record<string, unknown> {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

export function usageOf({ name, purpose, options }: Command<string>): string {
  const lines = Object.entries<Option>(options).map(([option, { value = 'TEXT', meaning, ...rest }]) => {
    const note = rest.default === undefined ? '' : ` (default: ${rest.default})`;
    return `  ${`--${option} ${value}`.padEnd(28)} ${meaning}${note}`;
  });
  return [name, '', purpose, '', ...lines].join('\n');
}

/** Every cause in turn: AWS clients hide the reason of a failed connection there. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const name = error instanceof DeployError || error.name === 'Error' ? '' : `${error.name}: `;
  return `${name}${error.message}${error.cause === undefined ? '' : ` (${messageOf(error.cause)})`}`;
}
