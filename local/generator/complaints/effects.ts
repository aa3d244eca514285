import type { Category } from './domains.ts';

/**
 * What may be planted into otherwise flat data, so that detectors and insights can be proved both ways: found when
 * planted, silent when not.
 */
export interface Effects {
  readonly categoryShares?: readonly CategoryShare[];
  readonly spikes?: readonly Spike[];
}

/** Makes a category more (or less) likely, for customers of one state or for all. */
export interface CategoryShare {
  readonly category: Category;
  /** Postal code of the customer's state, as in `TX`. */
  readonly state?: string;
  /** 2 doubles the category's weight against the others'. */
  readonly multiplier: number;
}

/** Complaints of one category, on top of a file's ordinary ones. */
export interface Spike {
  readonly source: 'call_logs' | 'social_media' | 'web_forms' | 'sms';
  /** `YYYY-MM-DD`: the file that brings them. */
  readonly partitionDate: string;
  /** SMS only: the hour; without it every hour of the day. */
  readonly partitionHour?: number;
  readonly category: Category;
  /** Postal code; customers of other states are passed over. */
  readonly state?: string;
  /** Extra complaints as a share of the file's ordinary volume: 0.5 adds half as many. */
  readonly share: number;
  /** ISO 8601 in UTC; the extra complaints were opened in this span. Without it at any time. SMS: ignored. */
  readonly opened?: { readonly from: string; readonly to: string };
}

export function spikesOf(
  effects: Effects,
  source: string,
  date: string,
  hour: number | null,
): readonly Spike[] {
  return (effects.spikes ?? []).filter(
    (spike) =>
      spike.source === source &&
      spike.partitionDate === date &&
      (spike.partitionHour === undefined || spike.partitionHour === hour),
  );
}
