/**
 * A contract says what a source must look like. From it follow the ingest SQL, the warehouse's raw table, the
 * dbt source and the documentation; nothing about a source's columns is written down twice.
 */

/** What a column reveals about a person; decides masking and which rooms of the warehouse may hold it. */
export type PersonalDataTag = 'direct_identifier' | 'quasi_identifier' | 'linkable' | 'free_text';

/** Kinds of identifiers by which a person asks to be erased. */
export const subjectKinds = ['customer_id', 'email', 'phone'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** That a column says whom its row is about: rows of erased persons are found by it. */
export interface SubjectColumn {
  readonly kind: SubjectKind;
  /** RE2 pattern whose first group is the identifier; null: the whole value is. */
  readonly within: string | null;
}

/** How a value is checked as text. Values are never converted on the way into the lake. */
export type ValueCheck =
  | { readonly type: 'text' }
  /** Text without blanks inside; blanks around it are ignored when identifiers are compared. */
  | { readonly type: 'identifier' }
  /** `expression` is an RE2 pattern that the whole value must match. */
  | { readonly type: 'pattern'; readonly expression: string }
  /** A real calendar date, `YYYY-MM-DD`. */
  | { readonly type: 'date' }
  /** A real calendar date and time without zone, `YYYY-MM-DD HH:MM:SS`. */
  | { readonly type: 'timestamp' }
  /** RFC 3339 with offset. */
  | { readonly type: 'offset_timestamp' };

export interface ColumnContract {
  /** Conformed name: the column's name in the lake and in the warehouse. */
  readonly name: string;
  /** Accepted spellings of the source's header, matched exactly. */
  readonly headers: readonly string[];
  readonly description: string;
  readonly check: ValueCheck;
  /** Largest size in bytes of UTF-8, at most 65,535 (Redshift's VARCHAR). */
  readonly maxBytes: number;
  /** `required`: the source must have the column. `optional`: it may lack it; the value is then null. */
  readonly presence: 'required' | 'optional';
  /** Whether a row without a value (null or empty) is rejected. */
  readonly valueRequired: boolean;
  readonly tags: readonly PersonalDataTag[];
  /** Null where the column names no person. Columns tagged `free_text` are searched for identifiers of every kind. */
  readonly subject: SubjectColumn | null;
  /** An index that an export left behind: kept, but no data (ignored when rows are compared). */
  readonly isExportIndex: boolean;
}

export interface Thresholds {
  /** Fails when more than this share of rows *and* more than `rejectRows` rows are rejected. */
  readonly rejectShare: number;
  readonly rejectRows: number;
  /** Allowed volume as multiples of the median of earlier partitions. */
  readonly volumeLow: number;
  readonly volumeHigh: number;
}

export type Cadence = 'daily' | 'hourly' | 'snapshot';

export interface Contract {
  /** Source id, lower_snake_case: folder in the lake, table in `raw_data`, name in reports. */
  readonly source: string;
  readonly description: string;
  /** Increased by one whenever a column is appended. */
  readonly version: number;
  readonly cadence: Cadence;
  readonly columns: readonly ColumnContract[];
  /** Conformed names of the column that identifies a record. */
  readonly key: string;
  readonly thresholds: Thresholds;
  /** Whether an input without records is a valid, empty partition (else it is unreadable). */
  readonly mayBeEmpty: boolean;
}
