import type { Category } from './domains.ts';

/**
 * What may be planted into otherwise flat data, so that detectors and insights can be proved both ways: found when
 * planted, silent when not. Effects of one kind that meet in a complaint multiply; of resolution shares the last counts.
 */
export interface Effects {
  readonly categoryShares?: readonly CategoryShare[];
  readonly resolutionShares?: readonly ResolutionShare[];
  readonly slowdowns?: readonly Slowdown[];
  readonly complainers?: readonly MoreComplaints[];
  readonly spikes?: readonly Spike[];
}

export type StructuredSource = 'call_logs' | 'social_media' | 'web_forms';

/** Makes a category more (or less) likely, for customers of one state or for all. */
export interface CategoryShare {
  readonly category: Category;
  /** Postal code of the customer's state, as in `TX`. */
  readonly state?: string;
  /** 2 doubles the category's weight against the others'. */
  readonly multiplier: number;
}

/** Which complaints an effect is about: those that meet every condition given. */
export interface Which {
  readonly category?: Category;
  readonly source?: StructuredSource;
  /** Postal code of the customer's state. */
  readonly state?: string;
  /** Of the agent, as the agents' sheet spells it. */
  readonly experience?: string;
}

/** The share of some complaints that is resolved, in place of a quarter; the other statuses share the rest alike. */
export interface ResolutionShare extends Which {
  /** From 0 to 1. */
  readonly share: number;
}

/** Makes the resolution of some tickets take so many times as long; calls have no resolution time. */
export interface Slowdown extends Which {
  readonly times: number;
}

/** Lets every customer of a state complain so many times as often as others; the files keep their size. */
export interface MoreComplaints {
  readonly state: string;
  readonly times: number;
}

/** Complaints of one category, on top of a file's ordinary ones. */
export interface Spike {
  readonly source: StructuredSource | 'sms';
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
