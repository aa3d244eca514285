import type { Random } from '../random/random.ts';
import { CITY_PREFIXES, CITY_SUFFIXES, CIVIL_CODES, MILITARY_CODES, STREET_SUFFIXES } from './place-lists.ts';
import { FEMALE_NAMES, LAST_NAMES, MALE_NAMES } from './word-lists.ts';

/** One address in so many is military mail. */
const MILITARY_SHARE = 1 / 10;

/** The state, territory or military code of an address; drawn first, so that it can be recomputed cheaply. */
export function drawRegion(random: Random): string {
  return random.fraction() < MILITARY_SHARE ? random.pick(MILITARY_CODES) : random.pick(CIVIL_CODES);
}

/** AA, AE, AP: military mail. */
export function isMilitary(region: string): boolean {
  return region === 'AA' || region === 'AE' || region === 'AP';
}

/** A US postal address in two lines. The ZIP is drawn on its own and need not agree with the region. */
export function drawAddress(random: Random, region: string): string {
  const number = 501 + random.below(99_450);
  const zip = number < 1000 ? `00${number}` : number < 10_000 ? `0${number}` : number;
  const last = random.pick(LAST_NAMES);
  if (isMilitary(region)) {
    return `${militaryStreet(random, last)} ${region} ${zip}`;
  }
  return `${civilStreet(random, last)}\n${drawCity(random)}, ${region} ${zip}`;
}

function civilStreet(random: Random, last: string): string {
  const number = 10 + random.below(99_980);
  const unit = random.below(4);
  const inside =
    unit === 0 ? ` Apt. ${100 + random.below(900)}` : unit === 1 ? ` Suite ${100 + random.below(900)}` : '';
  return `${number} ${last} ${random.pick(STREET_SUFFIXES)}${inside}`;
}

function drawCity(random: Random): string {
  const form = random.below(3);
  if (form === 0) return `${random.pick(LAST_NAMES)}${random.pick(CITY_SUFFIXES)}`;
  const root = random.pick(random.below(2) === 0 ? FEMALE_NAMES : MALE_NAMES);
  if (form === 1) return `${random.pick(CITY_PREFIXES)} ${root}`;
  return `${random.pick(CITY_PREFIXES)} ${root}${random.pick(CITY_SUFFIXES)}`;
}

function militaryStreet(random: Random, last: string): string {
  const post = random.below(2) === 0 ? 'APO' : 'DPO';
  const box = 1000 + random.below(9000);
  const form = random.below(4);
  if (form === 0) return `PSC ${1000 + random.below(9000)}, Box ${box}\n${post}`;
  if (form === 1) return `Unit ${1000 + random.below(9000)} Box ${box}\n${post}`;
  return form === 2 ? `USS ${last}\nFPO` : `USNV ${last}\nFPO`;
}
