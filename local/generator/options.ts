import { parseArgs } from 'node:util';
import type { Effects } from './complaints/effects.ts';
import type { DefectChoice } from './defects/kinds.ts';
import { EFFECTS_HELP, parseEffects } from './effect-options.ts';
import { UsageError } from './usage-error.ts';

export interface Progress {
  readonly rowsDone: number;
  /** An estimate, within a few per cent. */
  readonly rowsTotal: number;
  /** File being written, within the sources folder. */
  readonly path: string;
}

export interface GenerateOptions {
  /** Sources folder; must be absent, empty or an earlier generation's (which is then replaced). */
  readonly out: string;
  /** 1 is real size, 0.0001 some tens of rows. */
  readonly scale: number;
  /** Days `YYYY-MM-DD`, ascending. */
  readonly days: readonly string[];
  readonly seed: number;
  /** Hours of each day that have an SMS file. Default 8, 12, 18. */
  readonly smsHours?: readonly number[] | undefined;
  /** Default `all`. */
  readonly defects?: DefectChoice | undefined;
  /** Gives customers.csv a phone column, so that SMS senders can be recognised. Default false, as in the real file. */
  readonly withPhone?: boolean | undefined;
  /** Default none: the data is flat. */
  readonly effects?: Effects | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export const DEFAULT_SMS_HOURS: readonly number[] = [8, 12, 18];
const MOST_DAYS = 366;

export const USAGE = `Usage: node local/generator/main.ts --out DIR [options]

Writes the sources of the platform into DIR, and what it planted in them into DIR/truth.json.

  --out DIR          sources folder: new, empty, or from an earlier generation
  --scale F          1 = real size (2.5 million customers), default 0.01
  --days A..B        first and last day, default 2025-11-20..2025-11-23
  --seed N           default 42; the same arguments give the same bytes
  --sms-hours H,H    hours with an SMS file, default 8,12,18
  --with-phone       customers.csv has a phone column
  --clean            plant no defects
  --effect E         plant an effect into data that is flat otherwise
  --help

${EFFECTS_HELP}`;

/** `2025-11-20..2025-11-23`, or one day, as a list of days. @throws UsageError */
export function parseDays(text: string): string[] {
  const [first = '', last = first, ...more] = text.split('..');
  const days: string[] = [];
  for (let at = dayOf(first); at <= dayOf(last); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
    if (days.length > MOST_DAYS) throw new UsageError(`--days ${text} spans more than ${MOST_DAYS} days.`);
  }
  if (more.length > 0 || days.length === 0)
    throw new UsageError(`--days ${text}: give FIRST..LAST, in order.`);
  return days;
}

/** Milliseconds of a calendar day. @throws UsageError */
function dayOf(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) {
    throw new UsageError(`"${text}" is no calendar day; give days as 2025-11-20.`);
  }
  return at;
}

/** @throws UsageError naming the option that is wrong. */
export function checkOptions(options: GenerateOptions): void {
  const { out, scale, days, seed, smsHours = DEFAULT_SMS_HOURS } = options;
  if (out === '') throw new UsageError('--out: name the folder to write to.');
  if (!(scale > 0 && scale <= 10)) throw new UsageError('--scale must be above 0 and at most 10.');
  if (!Number.isSafeInteger(seed) || seed < 0) throw new UsageError('--seed must be a whole number from 0.');
  if (days.length === 0) throw new UsageError('--days: give at least one day.');
  const isAscending = days.every((day, i) => dayOf(day) > dayOf(days[i - 1] ?? '0001-01-01'));
  if (!isAscending) throw new UsageError('--days must be in order, each once.');
  const areHours = smsHours.every(
    (hour, i) => Number.isInteger(hour) && hour >= 0 && hour <= 23 && hour > (smsHours[i - 1] ?? -1),
  );
  if (!areHours) throw new UsageError('--sms-hours must be hours from 0 to 23, in order, each once.');
}

/** Command-line arguments as options; `null` asks for help. @throws UsageError */
export function parseCommandLine(args: readonly string[]): GenerateOptions | null {
  const { values } = parse(args);
  if (values.help === true) return null;
  if (values.out === undefined) throw new UsageError('--out is missing: name the folder to write to.');
  const hours = values['sms-hours'];
  const effects = parseEffects(values.effect);
  return {
    out: values.out,
    scale: numberOf('--scale', values.scale ?? '0.01'),
    days: parseDays(values.days ?? '2025-11-20..2025-11-23'),
    seed: numberOf('--seed', values.seed ?? '42'),
    smsHours:
      hours === undefined ? DEFAULT_SMS_HOURS : hours.split(',').map((hour) => numberOf('--sms-hours', hour)),
    defects: values.clean === true ? 'none' : 'all',
    withPhone: values['with-phone'] === true,
    ...(effects === undefined ? {} : { effects }),
  };
}

function numberOf(option: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value)) throw new UsageError(`${option}: "${text}" is no number.`);
  return value;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: { type: 'string' },
        scale: { type: 'string' },
        days: { type: 'string' },
        seed: { type: 'string' },
        'sms-hours': { type: 'string' },
        'with-phone': { type: 'boolean' },
        clean: { type: 'boolean' },
        effect: { type: 'string', multiple: true },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The arguments cannot be read.', {
      cause: error,
    });
  }
}
