import { setUuidWords, uuidText, type UuidWords } from '../random/hex.ts';
import { Random, keysOf, scramble } from '../random/random.ts';
import { drawAddress, drawRegion, isMilitary } from './addresses.ts';
import { drawEmail } from './emails.ts';
import { PhoneBook } from './phones.ts';
import { sentinelAt, type Sentinel } from './sentinels.ts';
import { FEMALE_NAMES, LAST_NAMES, MALE_NAMES } from './word-lists.ts';

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly gender: 'F' | 'M';
  /** `YYYY-MM-DD`. */
  readonly born: string;
  /** `YYYY-MM-DD`. */
  readonly signedUp: string;
  readonly email: string;
  /** Two lines. */
  readonly address: string;
  /** E.164, or empty: not every customer left a number. */
  readonly phone: string;
}

/** Days as `YYYY-MM-DD`, from `first` to `last` inclusive. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

const BIRTHS = daysBetween('1930-01-01', '1998-12-31');
const SIGN_UPS = daysBetween('2010-01-01', '2024-12-31');
const PHONE_SHARE = 0.6;

function sentinelAddress(sentinel: Sentinel, region: string): string {
  const place = isMilitary(region) ? 'APO' : 'Wrenfordton,';
  return `${sentinel.street}\n${place} ${region} 04709`;
}

/**
 * Every customer, by number, computed and never stored: who complains is drawn by number, and 2.5 million customers
 * cost no memory. Numbers at or beyond `count` are strangers: valid people that the customers file does not hold.
 */
export class CustomerBook {
  readonly count: number;
  private readonly keys: Uint32Array;
  private readonly random: Random;
  private readonly phones: PhoneBook;

  constructor(seed: number, count: number) {
    this.count = count;
    this.keys = keysOf(`${seed}/customer-ids`, 8);
    this.random = new Random(`${seed}/customers`);
    this.phones = new PhoneBook(`${seed}`);
  }

  /** Fills `words` with the uuid of a customer. Distinct numbers have distinct uuids. */
  idWords(index: number, words: UuidWords): void {
    const k = this.keys;
    const lane = (a: number, b: number): number =>
      scramble(scramble((index + (k[a] ?? 0)) | 0) ^ (k[b] ?? 0));
    setUuidWords(words, lane(0, 1), lane(2, 3), lane(4, 5), lane(6, 7));
  }

  idOf(index: number): string {
    const words = new Uint16Array(8);
    this.idWords(index, words);
    return uuidText(words);
  }

  /** Postal code of the customer's state, territory or military region. */
  regionOf(index: number): string {
    this.random.restart(index);
    return drawRegion(this.random);
  }

  phoneOf(index: number): string {
    return this.phones.numberOf(index);
  }

  /** Whether the customer's number is in the file when it has a phone column. */
  hasPhone(index: number): boolean {
    return (
      this.sentinelOf(index) !== undefined || scramble(index ^ (this.keys[7] ?? 0)) / 2 ** 32 < PHONE_SHARE
    );
  }

  sentinelOf(index: number): Sentinel | undefined {
    return sentinelAt(index, this.count);
  }

  /** The whole customer. */
  customerAt(index: number): Customer {
    const region = this.regionOf(index);
    const random = this.random;
    const isFemale = random.below(2) === 0;
    const first = random.pick(isFemale ? FEMALE_NAMES : MALE_NAMES);
    const last = random.pick(LAST_NAMES);
    const sentinel = this.sentinelOf(index);
    return {
      id: this.idOf(index),
      name: sentinel?.name ?? `${first} ${last}`,
      gender: isFemale ? 'F' : 'M',
      born: random.pick(BIRTHS),
      signedUp: random.pick(SIGN_UPS),
      email: sentinel?.email ?? drawEmail(random, first, last),
      address: sentinel === undefined ? drawAddress(random, region) : sentinelAddress(sentinel, region),
      phone: this.hasPhone(index) ? this.phoneOf(index) : '',
    };
  }
}
