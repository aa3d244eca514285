import { CATEGORIES, EXPERIENCES, type Category } from './complaints/domains.ts';
import type { Effects, Spike, StructuredSource, Which } from './complaints/effects.ts';
import { CIVIL_CODES, MILITARY_CODES } from './people/place-lists.ts';
import { UsageError } from './usage-error.ts';

/** For the help of commands that take `--effect`. */
export const EFFECTS_HELP = `An effect is KIND,KEY=VALUE,… and may be given several times:

  category,category=Payments,times=2[,state=TX]       the category weighs so many times as much against the others
  resolution,share=0.35[,WHICH]                       so large a share is resolved, instead of a quarter
  slower,times=1.5[,WHICH]                            posts and forms take so many times as long to resolve
  complaints,state=TX,times=1.2                       customers of the state complain so many times as often
  spike,channel=web_form,day=2025-11-21,category=Payments,share=0.5[,state=TX][,opened=2025-11-10..2025-11-11]
                                                      so many complaints more in one file (sms: [,hour=12])
  WHICH is any of category=, channel=, state=, experience=; without it all complaints.
`;

const SOURCES: Readonly<Record<string, StructuredSource>> = {
  call_centre: 'call_logs',
  social_media: 'social_media',
  web_form: 'web_forms',
};
const WHICH = ['category', 'channel', 'state', 'experience'];
const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** One effect as given, whose fields are taken out one by one. */
class Fields {
  private readonly text: string;
  private readonly left = new Map<string, string>();

  constructor(text: string, fields: readonly string[], allowed: readonly string[]) {
    this.text = text;
    for (const field of fields) {
      const [, key = '', value = ''] = /^(\w+)=(.+)$/u.exec(field.trim()) ?? [];
      if (!allowed.includes(key) || this.left.has(key)) {
        this.refuse(`"${field}" is not one of ${allowed.map((name) => `${name}=`).join(', ')}, each once`);
      }
      this.left.set(key, value);
    }
  }

  refuse(reason: string): never {
    throw new UsageError(`--effect ${this.text}: ${reason}.`);
  }

  /** @throws UsageError where the key is missing. */
  needed(key: string): string {
    return this.left.get(key) ?? this.refuse(`${key}= is missing`);
  }

  /** A member of a list, whatever its case and blanks; undefined where the key is missing. */
  member<Member extends string>(key: string, members: readonly Member[]): Member | undefined {
    const value = this.left.get(key);
    if (value === undefined) return undefined;
    const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/gu, '');
    const found = members.find((member) => plain(member) === plain(value));
    return found ?? this.refuse(`there is no ${key} ${value}; there are ${members.join(', ')}`);
  }

  /** A number from `least` to `most`. */
  size(key: string, least: number, most: number): number {
    const value = Number(this.needed(key));
    if (!(value >= least && value <= most)) this.refuse(`${key} is a number from ${least} to ${most}`);
    return value;
  }

  category(): Category {
    return this.member('category', CATEGORIES) ?? this.refuse('category= is missing');
  }

  state(): { state?: string } {
    const state = this.member('state', [...CIVIL_CODES, ...MILITARY_CODES]);
    return state === undefined ? {} : { state };
  }

  which(): Which {
    const category = this.member('category', CATEGORIES);
    const channel = this.member('channel', Object.keys(SOURCES));
    const experience = this.member('experience', EXPERIENCES);
    const source = channel === undefined ? undefined : SOURCES[channel];
    return {
      ...(category === undefined ? {} : { category }),
      ...(source === undefined ? {} : { source }),
      ...(experience === undefined ? {} : { experience }),
      ...this.state(),
    };
  }

  has(key: string): boolean {
    return this.left.has(key);
  }
}

/** Each kind with the keys it takes, and how it reads them. */
const KINDS: Readonly<Record<string, { keys: readonly string[]; read: (fields: Fields) => Effects }>> = {
  category: {
    keys: ['category', 'times', 'state'],
    read: (fields) => ({
      categoryShares: [
        { category: fields.category(), multiplier: fields.size('times', 0, 1000), ...fields.state() },
      ],
    }),
  },
  resolution: {
    keys: ['share', ...WHICH],
    read: (fields) => ({ resolutionShares: [{ share: fields.size('share', 0, 1), ...fields.which() }] }),
  },
  slower: {
    keys: ['times', ...WHICH],
    read: (fields) => ({ slowdowns: [{ times: fields.size('times', 0.01, 100), ...fields.which() }] }),
  },
  complaints: {
    keys: ['state', 'times'],
    read: (fields) => {
      const { state = fields.needed('state') } = fields.state();
      return { complainers: [{ state, times: fields.size('times', 0, 100) }] };
    },
  },
  spike: {
    keys: ['channel', 'day', 'hour', 'category', 'share', 'state', 'opened'],
    read: (fields) => ({ spikes: [spikeOf(fields)] }),
  },
};

function spikeOf(fields: Fields): Spike {
  const channel = fields.member('channel', [...Object.keys(SOURCES), 'sms']);
  const source = channel === 'sms' ? 'sms' : SOURCES[channel ?? fields.needed('channel')];
  const [from = '', to = ''] = fields.has('opened') ? fields.needed('opened').split('..') : [];
  const dates = fields.has('opened') ? [fields.needed('day'), from, to] : [fields.needed('day')];
  if (!dates.every((date) => DAY.test(date) && !Number.isNaN(Date.parse(date))))
    fields.refuse('days are given as 2025-11-21, and spans as 2025-11-10..2025-11-11');
  if (fields.has('hour') && source !== 'sms') fields.refuse('only sms comes by the hour');
  return {
    source: source ?? fields.refuse('channel= is missing'),
    partitionDate: fields.needed('day'),
    category: fields.category(),
    share: fields.size('share', 0, 100),
    ...(fields.has('hour') ? { partitionHour: fields.size('hour', 0, 23) } : {}),
    ...(fields.has('opened') ? { opened: { from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` } } : {}),
    ...fields.state(),
  };
}

/** Effects as they are given on a command line; undefined for none. @throws UsageError naming what is wrong. */
export function parseEffects(texts: readonly string[] | undefined): Effects | undefined {
  if (texts === undefined || texts.length === 0) return undefined;
  const all = texts.map((text): Effects => {
    const [name = '', ...fields] = text.split(',');
    const kind = KINDS[name.trim()];
    if (kind === undefined)
      throw new UsageError(
        `--effect ${text}: it begins with one of ${Object.keys(KINDS).join(', ')}; --help shows each.`,
      );
    return kind.read(new Fields(text, fields, kind.keys));
  });
  return {
    categoryShares: all.flatMap((one) => one.categoryShares ?? []),
    resolutionShares: all.flatMap((one) => one.resolutionShares ?? []),
    slowdowns: all.flatMap((one) => one.slowdowns ?? []),
    complainers: all.flatMap((one) => one.complainers ?? []),
    spikes: all.flatMap((one) => one.spikes ?? []),
  };
}
