import type { Effects } from './complaints/effects.ts';
import type { DefectKind } from './defects/kinds.ts';

/** What becomes of the records of a partition: `read` = `loaded` + `quarantined` + `deduplicated`. */
export interface Accounts {
  readonly read: number;
  readonly loaded: number;
  readonly quarantined: number;
  readonly deduplicated: number;
}

/** One planted thing. */
export interface PlantTruth {
  readonly kind: DefectKind;
  /** Key of the row, where it has one. */
  readonly id: string | null;
  /** 1 for the first record of the file; the first of the plant's records. */
  readonly ordinal: number;
  /** Of the plant's first byte in the file; null in JSON. */
  readonly offset: number | null;
  readonly accounts: Accounts;
  /** What else a test may want to compare, e.g. the status that must win. */
  readonly detail?: Readonly<Record<string, string>>;
}

/** All plants of one kind in a partition. */
export interface KindTruth extends Accounts {
  readonly planted: number;
}

export interface UnknownValue {
  readonly source: string;
  readonly column: string;
  readonly value: string;
  /** Loaded rows that hold it. */
  readonly rows: number;
}

export interface PartitionTruth {
  readonly source: string;
  /** `YYYY-MM-DD`; null for snapshots, which stand for every day. */
  readonly partition_date: string | null;
  readonly partition_hour: number | null;
  /** Within the sources folder. */
  readonly path: string;
  readonly bytes: number;
  readonly accounts: Accounts;
  /** Loaded rows whose complaint a newer partition holds again. */
  readonly superseded: number;
  /** Headers that the contract does not know. */
  readonly new_columns: readonly string[];
  readonly defects: Readonly<Partial<Record<DefectKind, KindTruth>>>;
  readonly plants: readonly PlantTruth[];
  /** Other counts of loaded base rows, e.g. misspelt e-mail domains. */
  readonly facts: Readonly<Record<string, number>>;
}

export interface SourceTruth extends Accounts {
  readonly partitions: number;
  readonly superseded: number;
  /** Rows that must stand in the fact or dimension: `loaded` − `superseded`. */
  readonly distinct: number;
}

/** Personal values that occur nowhere else in the data; none may turn up in marts, logs or alerts. */
export interface SentinelTruth {
  readonly names: readonly string[];
  readonly emails: readonly string[];
  readonly addresses: readonly string[];
  readonly phones: readonly string[];
  readonly customer_ids: readonly string[];
  readonly complaint_ids: readonly string[];
  readonly agent_names: readonly string[];
  readonly message_texts: readonly string[];
}

export interface Truth {
  /** False while a generation is under way, or when it was interrupted. */
  readonly complete: boolean;
  readonly version: 1;
  readonly seed: number;
  readonly scale: number;
  readonly days: readonly string[];
  readonly sms_hours: readonly number[];
  readonly with_phone: boolean;
  /** What was planted into flat data; absent where nothing was. */
  readonly effects?: Effects;
  readonly partitions: readonly PartitionTruth[];
  readonly sources: Readonly<Record<string, SourceTruth>>;
  readonly unknown_values: readonly UnknownValue[];
  readonly sentinels: SentinelTruth;
}

/** Every sentinel value, each once: what to search for where no personal data may be. */
export function personalValues(truth: Truth): string[] {
  return [...new Set(Object.values(truth.sentinels).flat())];
}

/** How many defects the sources hold; blank lines and runs of odd line ends count once a file. */
export function plantedCount(truth: Truth): number {
  let count = 0;
  for (const { defects } of truth.partitions) {
    for (const [kind, { planted }] of Object.entries(defects)) {
      count += kind === 'blank_line' || kind === 'mixed_line_ends' ? 1 : planted;
    }
  }
  return count;
}
