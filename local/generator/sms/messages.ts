import { spikesOf, type Spike } from '../complaints/effects.ts';
import { byteString } from '../files/output.ts';
import type { Recorder } from '../files/recorder.ts';
import { SENTINELS } from '../people/sentinels.ts';
import { setUuidWords, uuidDigits } from '../random/hex.ts';
import { Random } from '../random/random.ts';
import type { Run } from '../run.ts';
import { drawIntent, drawText, escapeText } from './texts.ts';

/** The five fields of a line, as byte strings: id, time, sender, short code, text. */
export type MessageFields = [id: string, receivedAt: string, sender: string, shortCode: string, text: string];

const ROWS_PER_HOUR = 20_000;
const LEAST_ROWS = 10;
const VARIATION = 0.01;
/** So many senders are customers; whether the customers file tells their numbers is another matter. */
const CUSTOMER_SHARE = 0.7;
const STRANGERS = 500_000;
const SHORT_CODES = ['40404', '40405', '78787'] as const;
/** Minutes east of UTC. */
const OFFSETS = [-300, -300, -360, -360, -420, -480, 0] as const;

/** The messages of one hour. */
export class Messages {
  readonly rows: number;
  private readonly run: Run;
  private readonly recorder: Recorder;
  private readonly ordinary: Random;
  private readonly planted: Random;
  private readonly words = new Uint16Array(8);
  private readonly spikes: readonly Spike[];
  private readonly start: number;

  constructor(run: Run, date: string, hour: number, recorder: Recorder) {
    const stream = `${run.seed}/sms/${date}/${hour}`;
    this.run = run;
    this.recorder = recorder;
    this.ordinary = new Random(stream);
    this.planted = new Random(`${stream}/planted`);
    this.spikes = spikesOf(run.effects, 'sms', date, hour);
    this.start = Date.parse(date) + hour * 3_600_000;
    const varied = ROWS_PER_HOUR * run.scale * (1 + VARIATION * (2 * this.ordinary.fraction() - 1));
    const extra = this.spikes.reduce((sum, spike) => sum + spike.share, 0);
    this.rows = Math.round(Math.max(LEAST_ROWS, Math.round(varied)) * (1 + extra));
  }

  /** The next ordinary message; to be called for 0, 1, 2 … Messages come in the order of their times. */
  next(row: number): MessageFields {
    const { run, ordinary } = this;
    const spike = this.drawSpike();
    const sentinel = run.sentinels.customerOfRow(row, this.rows);
    const second = Math.floor(((row + ordinary.fraction()) / this.rows) * 3600);
    const intent = drawIntent(ordinary, spike?.category);
    const sender = sentinel ?? this.drawSender(spike?.state);
    this.recorder.addFact(`intent ${intent}`);
    if (run.withPhone && sender < run.book.count && run.book.hasPhone(sender))
      this.recorder.addFact('known sender');
    const text = sentinel === undefined ? drawText(ordinary, intent) : this.personalText(sentinel);
    const fields = this.fields(ordinary, second, sender, text);
    if (sentinel !== undefined) run.sentinels.addComplaint(fields[0]);
    return fields;
  }

  /** A message for a defect, at this place of the file. */
  fresh(position: number): MessageFields {
    const { planted } = this;
    const second = Math.min(3599, Math.floor((position / this.rows) * 3600));
    const text = drawText(planted, drawIntent(planted));
    return this.fields(planted, second, planted.below(this.run.book.count), text);
  }

  /** For choices that concern defects only. */
  get random(): Random {
    return this.planted;
  }

  private fields(random: Random, second: number, sender: number, text: string): MessageFields {
    setUuidWords(this.words, random.next(), random.next(), random.next(), random.next());
    return [
      `SM${uuidDigits(this.words)}`,
      this.timeText(second, random.pick(OFFSETS)),
      this.run.book.phoneOf(sender),
      random.pick(SHORT_CODES),
      byteString(escapeText(text)),
    ];
  }

  /** RFC 3339 with offset. */
  private timeText(second: number, offset: number): string {
    const local = new Date(this.start + second * 1000 + offset * 60_000).toISOString().slice(0, 19);
    return offset === 0 ? `${local}+00:00` : `${local}-0${-offset / 60}:00`;
  }

  private drawSender(state: string | undefined): number {
    const { book } = this.run;
    if (state === undefined && this.ordinary.fraction() >= CUSTOMER_SHARE) {
      return book.count + this.ordinary.below(STRANGERS);
    }
    let sender = this.ordinary.below(book.count);
    for (let i = 0; i < 2000 && state !== undefined && book.regionOf(sender) !== state; i++) {
      sender = this.ordinary.below(book.count);
    }
    return sender;
  }

  private drawSpike(): Spike | undefined {
    if (this.spikes.length === 0) return undefined;
    const extra = this.spikes.reduce((sum, spike) => sum + spike.share, 0);
    let rest = this.ordinary.fraction() * (1 + extra) - 1;
    return this.spikes.find((spike) => rest >= 0 && (rest -= spike.share) < 0);
  }

  /** A message in which a sentinel customer gives name and number away. */
  private personalText(customer: number): string {
    const { run } = this;
    const sentinel = run.book.sentinelOf(customer) ?? SENTINELS[0];
    const text = `This is ${sentinel?.name ?? ''}, ${sentinel?.street ?? ''}. No internet again, call me on ${run.book.phoneOf(customer)}`;
    run.sentinels.addMessageText(text);
    return text;
  }
}
