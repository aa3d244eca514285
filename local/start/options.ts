import { parseArgs } from 'node:util';
import type { Effects } from '../generator/complaints/effects.ts';
import { parseEffects } from '../generator/effect-options.ts';
import { parseDays } from '../generator/options.ts';

export const usage = `npm start [-- options]

Runs the platform on this machine: generates the sources (or takes yours), lands every one through its own Lambda,
loads the warehouse, builds the marts and proves that no record was lost or counted twice.

  --days A..B        days to run, e.g. 2025-11-20..2025-11-23 (the default; with --sources: the days found)
  --scale F          size of the generated sources; 1 = real size, 2.5 million customers (default 0.01)
  --seed N           the same seed gives the same sources (default 42)
  --effect E         plant an effect into the generated sources, e.g. category,category=Payments,state=TX,times=2;
                     node local/generator/main.ts --help shows each
  --sources DIR      run on the files of DIR instead of generated ones; see local/README.md for the layout
  --fresh            forget the lake, the warehouse and the sources of earlier runs
  --keep-running     leave the services up when done, for npm run ingest -- … --local; Ctrl-C ends them
  --help

A second run goes on with the same lake. Everything local lies in .local/.`;

export interface GeneratedSources {
  readonly kind: 'generated';
  readonly scale: number;
  readonly seed: number;
  /** Effects as given; their texts, too, since they say what the lake was made from. */
  readonly effects?: { readonly texts: readonly string[]; readonly planted: Effects };
}

export interface GivenSources {
  readonly kind: 'given';
  readonly directory: string;
}

export interface StartOptions {
  readonly sources: GeneratedSources | GivenSources;
  /** undefined: the days that the given sources have */
  readonly days: readonly string[] | undefined;
  readonly isFresh: boolean;
  readonly keepsRunning: boolean;
}

/** The command line was not understood; the message says what to write instead. */
export class UsageError extends Error {}

const defaultDays = '2025-11-20..2025-11-23';

/** Reads the command line; undefined when help is asked for. */
export function parseOptions(args: readonly string[]): StartOptions | undefined {
  const values = parse(args);
  if (values.help === true) return undefined;
  const isGiven = values.sources !== undefined;
  if (isGiven && [values.scale, values.seed, values.effect].some((value) => value !== undefined))
    throw new UsageError(
      '--scale and --seed are for generated sources, and so is --effect; leave them out with --sources.',
    );
  return {
    sources: isGiven
      ? { kind: 'given', directory: values.sources ?? '' }
      : {
          kind: 'generated',
          scale: scaleOf(values.scale ?? '0.01'),
          seed: seedOf(values.seed ?? '42'),
          ...effectsOf(values.effect),
        },
    days: values.days !== undefined || !isGiven ? daysOf(values.days ?? defaultDays) : undefined,
    isFresh: values.fresh === true,
    keepsRunning: values['keep-running'] === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        days: { type: 'string' },
        scale: { type: 'string' },
        seed: { type: 'string' },
        effect: { type: 'string', multiple: true },
        sources: { type: 'string' },
        fresh: { type: 'boolean' },
        'keep-running': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function scaleOf(text: string): number {
  const scale = Number(text);
  if (!(scale > 0 && scale <= 10))
    throw new UsageError(`--scale ${text}: a number above 0, up to 10, is needed.`);
  return scale;
}

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--seed ${text}: a whole number is needed.`);
  return Number(text);
}

const daysOf = (text: string): string[] => understood(() => parseDays(text));

function effectsOf(texts: readonly string[] | undefined): Pick<GeneratedSources, 'effects'> {
  const planted = understood(() => parseEffects(texts));
  return texts === undefined || planted === undefined ? {} : { effects: { texts, planted } };
}

/** What the generator makes of a text; its objections become this command's. */
function understood<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
