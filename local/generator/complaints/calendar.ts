import { daysBetween } from '../people/customers.ts';

const DAY_SECONDS = 86_400;
const DAY_MS = 86_400_000;
/** Complaints in a file were opened on any of so many days: 1 January to 15 November. */
const WINDOW_DAYS = 319;
/** The last of them lies at least so many days before the file's own date. */
const LEAST_LAG_DAYS = 5;

const CLOCK: readonly string[] = Array.from({ length: DAY_SECONDS }, (_, s) => {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
});

/**
 * When the complaints of one file were opened. A "daily" file does not hold that day's complaints: event times lie
 * anywhere from January to mid-November (in other years: in the same span before the file's date).
 * A moment is counted in seconds from the first day of the window.
 */
export class EventCalendar {
  readonly seconds = WINDOW_DAYS * DAY_SECONDS;
  /** The last moment before the file's own date. */
  readonly lastSecond: number;
  private readonly days: readonly string[];
  private readonly start: number;

  constructor(partitionDate: string) {
    const partition = Date.parse(partitionDate);
    const midNovember = Date.parse(`${partitionDate.slice(0, 4)}-11-15`);
    const lastDay = Math.min(partition - LEAST_LAG_DAYS * DAY_MS, midNovember);
    this.start = lastDay - (WINDOW_DAYS - 1) * DAY_MS;
    this.lastSecond = (partition - this.start) / 1000 - 1;
    const text = (at: number): string => new Date(at).toISOString().slice(0, 10);
    this.days = daysBetween(text(this.start), text(partition + DAY_MS));
  }

  /** `YYYY-MM-DD HH:MM:SS`. */
  text(moment: number): string {
    const day = Math.floor(moment / DAY_SECONDS);
    return `${this.days[day] ?? ''} ${CLOCK[moment - day * DAY_SECONDS] ?? ''}`;
  }

  /** The moment of an instant given as ISO 8601 in UTC, kept inside the window. */
  momentOf(instant: string): number {
    const moment = Math.floor((Date.parse(instant) - this.start) / 1000);
    return Math.max(0, Math.min(this.seconds - 1, moment));
  }
}
