import type { BoundaryQueue, Plan } from '../defects/plan.ts';
import type { Factory, Plant } from '../defects/plant.ts';
import type { Output } from './output.ts';
import type { Recorder } from './recorder.ts';

/** A plant is moved to a boundary by at most so many blank lines; longer than any ordinary row. */
const MOST_BLANK_LINES = 256;
const PROGRESS_ROWS = 50_000;

export interface RowsFile {
  readonly output: Output;
  readonly recorder: Recorder;
  readonly rows: number;
  /** Byte string of an ordinary row, without line end; called once for each row, in order. */
  readonly line: (index: number) => string;
  readonly plan: Plan<string>;
  /** Stands behind everything else. */
  readonly last?: Plant<string> | undefined;
  /** These ordinary rows end in CR LF. */
  readonly crlf?: { readonly from: number; readonly to: number };
  readonly onRows: (rows: number) => void;
}

/** Writes the ordinary rows of a file and puts the plants among them. The header must have been added already. */
export async function writeRows(file: RowsFile): Promise<void> {
  const { output, rows, line, plan, crlf } = file;
  const writer = new PlantWriter(file);
  const crlfFrom = crlf?.from ?? rows;
  const crlfTo = crlf?.to ?? rows;
  for (let i = 0; i <= rows; i++) {
    if (output.isFull) await output.flush();
    if (i > 0 && i % PROGRESS_ROWS === 0) file.onRows(PROGRESS_ROWS);
    let isReplaced = false;
    const plants = plan.byPosition.get(i);
    if (plants !== undefined) for (const plant of plants) isReplaced = writer.write(plant, i) || isReplaced;
    if (output.offset >= writer.watchFrom) isReplaced = writer.writeAtBoundary(i) || isReplaced;
    if (i === rows) break;
    const text = line(i);
    if (!isReplaced) output.add(i >= crlfFrom && i < crlfTo ? `${text}\r\n` : `${text}\n`);
  }
  file.onRows(rows % PROGRESS_ROWS);
  if (file.last !== undefined) writer.write(file.last, rows);
  writer.finish();
  file.recorder.addMess('mixed_line_ends', Math.max(0, crlfTo - crlfFrom));
}

interface Aim {
  readonly step: number;
  readonly factories: Factory<string>[];
  boundary: number;
}

class PlantWriter {
  /** Offset from which on a plant may have to be written because a boundary is near. */
  watchFrom = Infinity;
  private readonly file: RowsFile;
  private readonly aims: Aim[];
  private replaced = 0;
  private lastReplaced = -1;
  private counted = 0;
  private variant = 0;

  constructor(file: RowsFile) {
    this.file = file;
    this.aims = file.plan.boundaries.map((queue: BoundaryQueue<string>) => ({
      step: queue.step,
      factories: [...queue.factories],
      boundary: queue.step,
    }));
    this.lookAhead();
  }

  /** Writes one plant before ordinary row `index`; returns whether that row is now replaced. */
  write(plant: Plant<string>, index: number): boolean {
    const { output, recorder } = this.file;
    this.countRowsBefore(index);
    recorder.addPlant(plant, output.offset);
    output.add(plant.row + (plant.lineEnd ?? '\n'));
    if (plant.replacesBase !== true) return false;
    this.replaced += 1;
    this.lastReplaced = index;
    return true;
  }

  /** Writes the plants whose decisive byte can be made the last one before a boundary by blank lines in front. */
  writeAtBoundary(index: number): boolean {
    let isReplaced = false;
    for (const aim of this.aims) {
      const { output, rows, recorder } = this.file;
      while (aim.boundary <= output.offset) aim.boundary += aim.step;
      const factory = aim.factories[0];
      if (factory === undefined || aim.boundary - output.offset > 2 * MOST_BLANK_LINES) continue;
      const placed = factory({ position: index, rows, variant: this.variant });
      const first = placed[0]?.plant;
      const wrongRow = placed.some(
        (one) => one.plant.replacesBase === true && (isReplaced || one.position !== index),
      );
      if (first === undefined || wrongRow) continue;
      const focus = first.focus ?? first.row.length >> 1;
      const blanks = aim.boundary - 1 - focus - output.offset;
      if (blanks < 0 || blanks > MOST_BLANK_LINES) continue;
      output.add('\n'.repeat(blanks));
      recorder.addMess('blank_line', blanks);
      for (const one of placed) isReplaced = this.write(one.plant, index) || isReplaced;
      aim.factories.shift();
      this.variant += 1;
    }
    this.lookAhead();
    return isReplaced;
  }

  /** Adds the ordinary rows that have not been counted yet. */
  finish(): void {
    this.countRowsBefore(this.file.rows);
  }

  private countRowsBefore(index: number): void {
    const ordinary = index - this.replaced + (this.lastReplaced === index ? 1 : 0);
    this.file.recorder.addRows(ordinary - this.counted);
    this.counted = ordinary;
  }

  private lookAhead(): void {
    const { offset } = this.file.output;
    const pending = this.aims.filter((aim) => aim.factories.length > 0);
    const next = pending.map((aim) =>
      offset < aim.boundary ? aim.boundary : (Math.floor(offset / aim.step) + 1) * aim.step,
    );
    this.watchFrom = Math.min(...next, Infinity) - 2 * MOST_BLANK_LINES;
  }
}
