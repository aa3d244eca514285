import type { DefectKind } from '../defects/kinds.ts';
import { NOTHING, type Plant } from '../defects/plant.ts';
import type { Accounts, KindTruth, PartitionTruth, PlantTruth } from '../truth.ts';

export interface Partition {
  readonly source: string;
  readonly date: string | null;
  readonly hour: number | null;
  /** Within the sources folder. */
  readonly path: string;
}

export function addAccounts(a: Accounts, b: Accounts): Accounts {
  return {
    read: a.read + b.read,
    loaded: a.loaded + b.loaded,
    quarantined: a.quarantined + b.quarantined,
    deduplicated: a.deduplicated + b.deduplicated,
  };
}

/** Keeps the books of one file while it is written. */
export class Recorder {
  readonly partition: Partition;
  readonly unknown: { column: string; value: string }[] = [];
  private accounts: Accounts = NOTHING;
  private superseded = 0;
  private readonly newColumns: string[] = [];
  private readonly defects: Partial<Record<DefectKind, KindTruth>> = {};
  private readonly plants: PlantTruth[] = [];
  private readonly facts: Record<string, number> = {};

  constructor(partition: Partition) {
    this.partition = partition;
  }

  /** Ordinary rows, all of which are loaded. */
  addRows(count: number): void {
    const base = { read: count, loaded: count, quarantined: 0, deduplicated: 0 };
    this.accounts = addAccounts(this.accounts, base);
  }

  /** A plant that begins at `offset` of the file; the ordinary rows before it must have been added. */
  addPlant(plant: Plant<unknown>, offset: number | null): void {
    const { kind, id, accounts, detail, unknown } = plant;
    const ordinal = this.accounts.read + 1;
    this.plants.push({ kind, id, ordinal, offset, accounts, ...(detail === undefined ? {} : { detail }) });
    this.accounts = addAccounts(this.accounts, accounts);
    this.addToKind(kind, plant.isSequel === true ? 0 : 1, accounts);
    if (unknown !== undefined) this.unknown.push(unknown);
  }

  /** Something that changes no account, `count` times. */
  addMess(kind: DefectKind, count = 1): void {
    if (count > 0) this.addToKind(kind, count, NOTHING);
  }

  addNewColumn(header: string): void {
    this.newColumns.push(header);
    this.addMess('new_column');
  }

  addFact(name: string, count = 1): void {
    this.facts[name] = (this.facts[name] ?? 0) + count;
  }

  /** One of this partition's loaded rows has been repeated by a newer partition. */
  supersedeOne(): void {
    this.superseded += 1;
  }

  truth(bytes: number): PartitionTruth {
    const { source, date, hour, path } = this.partition;
    return {
      source,
      partition_date: date,
      partition_hour: hour,
      path,
      bytes,
      accounts: this.accounts,
      superseded: this.superseded,
      new_columns: this.newColumns,
      defects: this.defects,
      plants: this.plants,
      facts: this.facts,
    };
  }

  private addToKind(kind: DefectKind, planted: number, accounts: Accounts): void {
    const before = this.defects[kind] ?? { planted: 0, ...NOTHING };
    this.defects[kind] = { planted: before.planted + planted, ...addAccounts(before, accounts) };
  }
}
