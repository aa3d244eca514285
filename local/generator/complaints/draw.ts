import { uuidText } from '../random/hex.ts';
import type { Random } from '../random/random.ts';
import type { CustomerBook } from '../people/customers.ts';
import type { EventCalendar } from './calendar.ts';
import { AGENT_COUNT, FIRST_AGENT_ID, MEDIA_CHANNELS, type Status } from './domains.ts';
import type { Spike } from './effects.ts';
import type { ComplaintIdMaker } from './ids.ts';
import type { Influence } from './influence.ts';

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

export interface DrawSettings {
  readonly book: CustomerBook;
  readonly calendar: EventCalendar;
  readonly makeId: ComplaintIdMaker;
  readonly closing: Closing;
  readonly influence: Influence;
}

export class ComplaintDraw {
  private readonly settings: DrawSettings;
  private readonly words = new Uint16Array(8);

  constructor(settings: DrawSettings) {
    this.settings = settings;
  }

  /** Overwrites `into` with a new complaint: of the given customer, or of one drawn uniformly. */
  draw(random: Random, into: Complaint, customer?: number, spike?: Spike): Complaint {
    const { book, makeId, influence } = this.settings;
    const number = customer ?? influence.drawCustomer(random, spike?.state);
    book.idWords(number, this.words);
    into.customer = number;
    into.customerId = uuidText(this.words);
    into.id = makeId(random, this.words);
    into.category = spike?.category ?? influence.drawCategory(random, number);
    into.agent = random.pick(AGENT_IDS);
    into.platform = random.pick(MEDIA_CHANNELS);
    this.setTimes(random, into, influence.drawStatus(random, into), spike);
    return into;
  }

  /** A copy with another status, and for tickets the resolution time that goes with it. */
  withStatus(random: Random, complaint: Complaint, status: Status): Complaint {
    if (this.settings.closing === 'call') return { ...complaint, status };
    const moment = this.settings.calendar.momentOf(`${complaint.opened.replace(' ', 'T')}Z`);
    return {
      ...complaint,
      status,
      closed: status === 'Resolved' ? this.drawClosing(random, moment, complaint) : '',
    };
  }

  /** The closing time that a ticket resolved after being opened at `moment` has. */
  private drawClosing(random: Random, moment: number, complaint: Complaint): string {
    const { calendar, influence } = this.settings;
    const delay = Math.round((DAY / 2 + random.below(25 * DAY)) * influence.slownessOf(complaint));
    const latest = calendar.lastSecond - moment;
    return calendar.text(moment + (delay <= latest ? delay : 3600 + random.below(latest - 3600)));
  }

  private setTimes(random: Random, into: Complaint, status: Status, spike: Spike | undefined): void {
    const { calendar, closing } = this.settings;
    const moment = this.drawMoment(random, spike);
    into.status = status;
    into.opened = calendar.text(moment);
    if (closing === 'call') into.closed = calendar.text(moment + 240 + random.below(541));
    else into.closed = status === 'Resolved' ? this.drawClosing(random, moment, into) : '';
  }

  private drawMoment(random: Random, spike: Spike | undefined): number {
    const { calendar } = this.settings;
    if (spike?.opened === undefined) return random.below(calendar.seconds);
    const from = calendar.momentOf(spike.opened.from);
    return from + random.below(Math.max(1, calendar.momentOf(spike.opened.to) - from));
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
