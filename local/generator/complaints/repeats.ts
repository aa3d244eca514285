import { LOADED, type Placed } from '../defects/plant.ts';
import type { Recorder } from '../files/recorder.ts';
import type { Random } from '../random/random.ts';

/** What later partitions may bring again. */
interface Repeatable<Item> {
  item: Item;
  /** The newest partition that holds it. */
  holder: Recorder;
}

const MOST_KEPT = 400;
const MOST_REPEATED = 200;
const SHARE = 0.0005;

/**
 * Remembers some rows of every file so that a later file can repeat them, and keeps the books: when a row is repeated, the
 * partition that held it until then counts one superseded row more.
 */
export class RepeatPool<Item> {
  private readonly kept: Repeatable<Item>[] = [];

  /** Whether the row at this place of a file should be offered to `keep`. */
  static isKept(index: number, rows: number): boolean {
    const step = Math.max(2, Math.ceil((2 * rows) / MOST_KEPT));
    return index % step === 1;
  }

  keep(item: Item, holder: Recorder): void {
    if (this.kept.length >= MOST_KEPT) this.kept.shift();
    this.kept.push({ item, holder });
  }

  /** Places the repetitions of a file with `rows` ordinary rows; `renew` makes the row as it is told this time. */
  place<Row>(
    random: Random,
    holder: Recorder,
    rows: number,
    renew: (
      item: Item,
      position: number,
    ) => { item: Item; row: Row; id: string; detail: Record<string, string> },
  ): Placed<Row>[] {
    const wanted = Math.max(2, Math.min(MOST_REPEATED, Math.round(rows * SHARE)));
    const candidates = this.kept.filter((one) => one.holder !== holder);
    const placed: Placed<Row>[] = [];
    for (let i = 0; i < wanted && candidates.length > 0; i++) {
      const [chosen] = candidates.splice(random.below(candidates.length), 1);
      if (chosen === undefined) break;
      const position = random.below(rows + 1);
      const { item, row, id, detail } = renew(chosen.item, position);
      const { date, hour } = chosen.holder.partition;
      const previous = hour === null ? `${date}` : `${date}T${String(hour).padStart(2, '0')}`;
      chosen.holder.supersedeOne();
      chosen.item = item;
      chosen.holder = holder;
      placed.push({
        position,
        plant: {
          kind: 'repeated',
          row,
          accounts: LOADED,
          id,
          detail: { ...detail, previous_partition: previous },
        },
      });
    }
    return placed;
  }
}
