import { wants } from '../defects/kinds.ts';
import type { Placed } from '../defects/plant.ts';
import type { ComplaintRowSettings } from '../defects/complaint-rows.ts';
import type { Recorder } from '../files/recorder.ts';
import { SENTINELS } from '../people/sentinels.ts';
import { Random } from '../random/random.ts';
import { dayNumber, type Run } from '../run.ts';
import { EventCalendar } from './calendar.ts';
import { STATUSES } from './domains.ts';
import { ComplaintDraw, emptyComplaint, type Complaint } from './draw.ts';
import { spikesOf, type Spike } from './effects.ts';
import type { ComplaintFormat } from './format.ts';
import { Influence } from './influence.ts';
import { RepeatPool } from './repeats.ts';

const LEAST_ROWS = 12;
/** Ordinary volume varies by up to this share from day to day. */
const VARIATION = 0.01;
const NEW_COLUMN = 'callback_requested';
const CALLBACKS = ['yes', 'no', ''] as const;

/** The complaints of one file: the ordinary ones in order, and what defects are made of. */
export class ComplaintRows {
  readonly rows: number;
  /** Header of a column that only this file has, if any. */
  readonly newColumn: string | undefined;
  private readonly run: Run;
  private readonly format: ComplaintFormat;
  private readonly date: string;
  private readonly recorder: Recorder;
  private readonly pool: RepeatPool<Complaint>;
  private readonly ordinary: Random;
  private readonly planted: Random;
  private readonly draws: ComplaintDraw;
  private readonly spikes: readonly Spike[];
  private readonly current = emptyComplaint();
  private index: number;

  constructor(
    run: Run,
    format: ComplaintFormat,
    date: string,
    recorder: Recorder,
    pool: RepeatPool<Complaint>,
  ) {
    const stream = `${run.seed}/${format.source}/${date}`;
    const calendar = new EventCalendar(date);
    const { makeId, closing } = format;
    this.run = run;
    this.format = format;
    this.date = date;
    this.recorder = recorder;
    this.pool = pool;
    this.ordinary = new Random(stream);
    this.planted = new Random(`${stream}/planted`);
    const { book, experiences, effects } = run;
    const influence = new Influence({ book, experiences, effects, source: format.source });
    this.draws = new ComplaintDraw({ book, calendar, makeId, closing, influence });
    this.spikes = spikesOf(run.effects, format.source, date, null);
    this.rows = rowsOf(run, format, date, this.spikes);
    this.index = format.firstIndex;
    const isOddOneOut = date === (run.days[1] ?? run.days[0]);
    this.newColumn = isOddOneOut && wants(run.defects, 'new_column') ? NEW_COLUMN : undefined;
  }

  /** The next ordinary complaint as a line; to be called for 0, 1, 2 … */
  nextLine(row: number): string {
    const { ordinary, current, run, rows } = this;
    const sentinel = run.sentinels.customerOfRow(row, rows);
    this.draws.draw(ordinary, current, sentinel, this.spikes.length === 0 ? undefined : this.drawSpike());
    if (sentinel !== undefined) run.sentinels.addComplaint(current.id);
    if (RepeatPool.isKept(row, rows)) this.pool.keep({ ...current }, this.recorder);
    this.index += 1 + (ordinary.next() & 3);
    return this.line(current, this.index, row);
  }

  /** What `complaintRowFactories` needs; `encode` writes fields in the file's format. */
  settings<Row>(encode: (fields: readonly string[]) => Row): ComplaintRowSettings<Row> {
    const { planted, format, run } = this;
    const fresh = (position: number, customer?: number): string[] => {
      const complaint = this.draws.draw(planted, emptyComplaint(), customer);
      return this.line(complaint, this.indexAt(position), position).split(',');
    };
    return {
      columns: format.columns,
      closing: format.closing,
      fresh: (position) => fresh(position),
      freshOrphan: (position) => fresh(position, run.book.count + planted.below(1_000_000)),
      indexAt: (position) => String(this.indexAt(position)),
      anyCustomerId: () => run.book.idOf(planted.below(run.book.count)),
      encode,
      personalValue: SENTINELS[2]?.email ?? '',
    };
  }

  /** Complaints of earlier files that this one brings again with another status. */
  repeats<Row>(encode: (fields: readonly string[]) => Row): Placed<Row>[] {
    if (!wants(this.run.defects, 'repeated')) return [];
    return this.pool.place(this.planted, this.recorder, this.rows, (before, position) => {
      const status = this.planted.pick(STATUSES.filter((one) => one !== before.status));
      const item = this.draws.withStatus(this.planted, before, status);
      const row = encode(this.line(item, this.indexAt(position), position).split(','));
      return { item, row, id: item.id, detail: { status, previous_status: before.status } };
    });
  }

  get rotation(): number {
    return dayNumber(this.date);
  }

  private line(complaint: Complaint, index: number, row: number): string {
    const line = this.format.line(complaint, index, this.date);
    return this.newColumn === undefined ? line : `${line},${CALLBACKS[row % CALLBACKS.length] ?? ''}`;
  }

  private indexAt(position: number): number {
    return this.format.firstIndex + Math.floor(position * 2.5);
  }

  private drawSpike(): Spike | undefined {
    let rest = this.ordinary.fraction() * (1 + shareOf(this.spikes)) - 1;
    return this.spikes.find((spike) => rest >= 0 && (rest -= spike.share) < 0);
  }
}

function shareOf(spikes: readonly Spike[]): number {
  return spikes.reduce((sum, spike) => sum + spike.share, 0);
}

function rowsOf(run: Run, format: ComplaintFormat, date: string, spikes: readonly Spike[]): number {
  const random = new Random(`${run.seed}/${format.source}/${date}/volume`);
  const varied = format.rowsPerDay * (1 + VARIATION * (2 * random.fraction() - 1));
  const ordinary = Math.max(LEAST_ROWS, Math.round((format.knownRows[date] ?? varied) * run.scale));
  return Math.round(ordinary * (1 + shareOf(spikes)));
}
