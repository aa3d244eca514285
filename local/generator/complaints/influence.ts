import type { CustomerBook } from '../people/customers.ts';
import type { Random } from '../random/random.ts';
import { CATEGORIES, FIRST_AGENT_ID, STATUSES, type Category, type Status } from './domains.ts';
import type { CategoryShare, Effects, MoreComplaints, ResolutionShare, Slowdown, Which } from './effects.ts';

const MOST_TRIES = 2_000;
const UNRESOLVED = STATUSES.filter((status) => status !== 'Resolved');

/** What an effect may depend on. */
export interface Circumstances {
  /** Number of the customer in the book. */
  readonly customer: number;
  readonly category: string;
  readonly agent: string;
}

export interface InfluenceSettings {
  readonly book: CustomerBook;
  /** Experience of each agent, in the order of their ids. */
  readonly experiences: readonly string[];
  readonly source: string;
  readonly effects: Effects;
}

/** Draws what effects may bend. Without an effect of its kind, every draw is the flat one and costs what that costs. */
export class Influence {
  private readonly settings: InfluenceSettings;
  private readonly shares: readonly CategoryShare[];
  private readonly resolutions: readonly ResolutionShare[];
  private readonly slowdowns: readonly Slowdown[];
  private readonly complainers: readonly MoreComplaints[];
  private readonly mostTimes: number;

  constructor(settings: InfluenceSettings) {
    const { effects, source } = settings;
    const isHere = (which: Which): boolean => which.source === undefined || which.source === source;
    this.settings = settings;
    this.shares = effects.categoryShares ?? [];
    this.resolutions = (effects.resolutionShares ?? []).filter(isHere);
    this.slowdowns = (effects.slowdowns ?? []).filter(isHere);
    this.complainers = effects.complainers ?? [];
    this.mostTimes = this.complainers.reduce((most, { times }) => most * Math.max(1, times), 1);
  }

  /** Number of the customer who complains: of one state, or of any. */
  drawCustomer(random: Random, state: string | undefined): number {
    const { book } = this.settings;
    let number = random.below(book.count);
    if (state === undefined && this.complainers.length === 0) return number;
    for (let i = 0; i < MOST_TRIES && !this.accepts(random, number, state); i++)
      number = random.below(book.count);
    return number;
  }

  drawCategory(random: Random, customer: number): Category {
    if (this.shares.length === 0) return random.pick(CATEGORIES);
    const region = this.settings.book.regionOf(customer);
    const weights = CATEGORIES.map((category) => this.weightOf(category, region));
    let rest = random.fraction() * weights.reduce((sum, weight) => sum + weight, 0);
    const chosen = weights.findIndex((weight) => (rest -= weight) < 0);
    return CATEGORIES[chosen] ?? CATEGORIES[0];
  }

  drawStatus(random: Random, circumstances: Circumstances): Status {
    if (this.resolutions.length === 0) return random.pick(STATUSES);
    const share = this.resolutions.findLast((one) => this.concerns(one, circumstances))?.share;
    if (share === undefined) return random.pick(STATUSES);
    return random.fraction() < share ? 'Resolved' : random.pick(UNRESOLVED);
  }

  /** How many times as long the resolution takes. */
  slownessOf(circumstances: Circumstances): number {
    return this.slowdowns
      .filter((one) => this.concerns(one, circumstances))
      .reduce((times, one) => times * one.times, 1);
  }

  /** A customer of a spike's state, or as often as his own state complains. */
  private accepts(random: Random, customer: number, state: string | undefined): boolean {
    const region = this.settings.book.regionOf(customer);
    if (state !== undefined) return region === state;
    const times = this.complainers
      .filter((one) => one.state === region)
      .reduce((product, one) => product * one.times, 1);
    return random.fraction() * this.mostTimes < times;
  }

  private weightOf(category: Category, region: string): number {
    return this.shares
      .filter((share) => share.category === category && (share.state === undefined || share.state === region))
      .reduce((weight, share) => weight * share.multiplier, 1);
  }

  private concerns(which: Which, { customer, category, agent }: Circumstances): boolean {
    const { book, experiences } = this.settings;
    return (
      (which.category === undefined || which.category === category) &&
      (which.experience === undefined || which.experience === experiences[Number(agent) - FIRST_AGENT_ID]) &&
      (which.state === undefined || which.state === book.regionOf(customer))
    );
  }
}
