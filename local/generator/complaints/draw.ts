import { uuidText } from '../random/hex.ts';
import type { Random } from '../random/random.ts';
import type { CustomerBook } from '../people/customers.ts';
import type { EventCalendar } from './calendar.ts';
import {
  AGENT_COUNT,
  CATEGORIES,
  FIRST_AGENT_ID,
  MEDIA_CHANNELS,
  STATUSES,
  type Category,
  type Status,
} from './domains.ts';
import type { CategoryShare, Effects, Spike } from './effects.ts';
import type { ComplaintIdMaker } from './ids.ts';

/** One complaint of a structured channel. The drawing object is reused; copy what must last. */
export interface Complaint {
  id: string;
  /** Number of the customer in the book. */
  customer: number;
  customerId: string;
  category: string;
  agent: string;
  status: string;
  /** `YYYY-MM-DD HH:MM:SS`. */
  opened: string;
  /** End of the call; or the time of resolution, empty unless resolved. */
  closed: string;
  platform: string;
}

/** A call ends minutes after it began, whatever its status; a ticket ends days later, and only if resolved. */
export type Closing = 'call' | 'ticket';

const AGENT_IDS: readonly string[] = Array.from({ length: AGENT_COUNT }, (_, n) =>
  String(FIRST_AGENT_ID + n),
);
const DAY = 86_400;
const MOST_TRIES = 2_000;

export interface DrawSettings {
  readonly book: CustomerBook;
  readonly calendar: EventCalendar;
  readonly makeId: ComplaintIdMaker;
  readonly closing: Closing;
  readonly effects: Effects;
}

export class ComplaintDraw {
  private readonly settings: DrawSettings;
  private readonly words = new Uint16Array(8);
  private readonly shares: readonly CategoryShare[];

  constructor(settings: DrawSettings) {
    this.settings = settings;
    this.shares = settings.effects.categoryShares ?? [];
  }

  /** Overwrites `into` with a new complaint: of the given customer, or of one drawn uniformly. */
  draw(random: Random, into: Complaint, customer?: number, spike?: Spike): Complaint {
    const { book, makeId } = this.settings;
    const number = customer ?? this.drawCustomer(random, spike?.state);
    book.idWords(number, this.words);
    into.customer = number;
    into.customerId = uuidText(this.words);
    into.id = makeId(random, this.words);
    into.category = spike?.category ?? this.drawCategory(random, number);
    into.agent = random.pick(AGENT_IDS);
    into.platform = random.pick(MEDIA_CHANNELS);
    this.setTimes(random, into, this.drawStatus(random), spike);
    return into;
  }

  /** A copy with another status, and for tickets the resolution time that goes with it. */
  withStatus(random: Random, complaint: Complaint, status: Status): Complaint {
    if (this.settings.closing === 'call') return { ...complaint, status };
    const moment = this.settings.calendar.momentOf(`${complaint.opened.replace(' ', 'T')}Z`);
    return { ...complaint, status, closed: status === 'Resolved' ? this.drawClosing(random, moment) : '' };
  }

  /** The closing time that a ticket resolved after being opened at `moment` has. */
  private drawClosing(random: Random, moment: number): string {
    const { calendar } = this.settings;
    const delay = DAY / 2 + random.below(25 * DAY);
    const latest = calendar.lastSecond - moment;
    return calendar.text(moment + (delay <= latest ? delay : 3600 + random.below(latest - 3600)));
  }

  private setTimes(random: Random, into: Complaint, status: Status, spike: Spike | undefined): void {
    const { calendar, closing } = this.settings;
    const moment = this.drawMoment(random, spike);
    into.status = status;
    into.opened = calendar.text(moment);
    if (closing === 'call') into.closed = calendar.text(moment + 240 + random.below(541));
    else into.closed = status === 'Resolved' ? this.drawClosing(random, moment) : '';
  }

  private drawMoment(random: Random, spike: Spike | undefined): number {
    const { calendar } = this.settings;
    if (spike?.opened === undefined) return random.below(calendar.seconds);
    const from = calendar.momentOf(spike.opened.from);
    return from + random.below(Math.max(1, calendar.momentOf(spike.opened.to) - from));
  }

  private drawStatus(random: Random): Status {
    return random.pick(STATUSES);
  }

  private drawCustomer(random: Random, state: string | undefined): number {
    const { book } = this.settings;
    let number = random.below(book.count);
    if (state === undefined) return number;
    for (let i = 0; i < MOST_TRIES && book.regionOf(number) !== state; i++) number = random.below(book.count);
    return number;
  }

  private drawCategory(random: Random, customer: number): Category {
    if (this.shares.length === 0) return random.pick(CATEGORIES);
    const region = this.settings.book.regionOf(customer);
    const weights = CATEGORIES.map((category) => this.weightOf(category, region));
    let rest = random.fraction() * weights.reduce((sum, weight) => sum + weight, 0);
    const chosen = weights.findIndex((weight) => (rest -= weight) < 0);
    return CATEGORIES[chosen] ?? CATEGORIES[0];
  }

  private weightOf(category: Category, region: string): number {
    return this.shares
      .filter((share) => share.category === category && (share.state === undefined || share.state === region))
      .reduce((weight, share) => weight * share.multiplier, 1);
  }
}

export function emptyComplaint(): Complaint {
  return {
    id: '',
    customer: 0,
    customerId: '',
    category: '',
    agent: '',
    status: '',
    opened: '',
    closed: '',
    platform: '',
  };
}
