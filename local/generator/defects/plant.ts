import type { Accounts } from '../truth.ts';
import type { DefectKind } from './kinds.ts';

/** One record (or more, if broken) that is put among the ordinary ones. */
export interface Plant<Row> {
  readonly kind: DefectKind;
  readonly row: Row;
  readonly accounts: Accounts;
  /** Key of the row, where it has one. */
  readonly id: string | null;
  readonly detail?: Readonly<Record<string, string>>;
  /** Which byte of the row matters; at a buffer boundary it is the last one before it. Default: the middle. */
  readonly focus?: number;
  /** Default: LF. */
  readonly lineEnd?: '\r\n' | '';
  /** Stands in place of the ordinary row at its position, whose content it has. */
  readonly replacesBase?: boolean;
  /** Belongs to a plant that has been counted already, e.g. the second of two duplicates. */
  readonly isSequel?: boolean;
  /** An unknown value that the row brings, by conformed column. */
  readonly unknown?: { readonly column: string; readonly value: string };
}

/** Where a plant shall go: before the ordinary row `position`, of `rows`; `variant` counts the plants of one kind. */
export interface Site {
  readonly position: number;
  readonly rows: number;
  readonly variant: number;
}

export interface Placed<Row> {
  readonly position: number;
  readonly plant: Plant<Row>;
}

/** Makes the plants of one kind; those beyond the first may lie further down the file. */
export type Factory<Row> = (site: Site) => readonly Placed<Row>[];

export type Factories<Row> = Partial<Record<DefectKind, Factory<Row>>>;

export const NOTHING: Accounts = { read: 0, loaded: 0, quarantined: 0, deduplicated: 0 };
export const LOADED: Accounts = { read: 1, loaded: 1, quarantined: 0, deduplicated: 0 };
export const QUARANTINED: Accounts = { read: 1, loaded: 0, quarantined: 1, deduplicated: 0 };
export const QUARANTINED_TWICE: Accounts = { read: 2, loaded: 0, quarantined: 2, deduplicated: 0 };
export const DEDUPLICATED: Accounts = { read: 1, loaded: 0, quarantined: 0, deduplicated: 1 };
