/**
 * People whose names, addresses and numbers occur nowhere else. Whoever wants to know whether personal data has leaked
 * into marts, logs or alerts searches for them; common names would be found by accident.
 */
export interface Sentinel {
  readonly name: string;
  readonly email: string;
  /** First line of the address. */
  readonly street: string;
}

export const SENTINELS: readonly Sentinel[] = [
  {
    name: 'Zephyrine Quillfeather',
    email: '7czephyrine.quillfeatherd1c@yahoo.com',
    street: '90417 Nightingalehollow Causeway Apt. 771',
  },
  { name: 'Xanthe Omarsdottir', email: '4bx.omar9e7@GmaiL.om', street: '31806 Brackenwhistle Stravenue' },
  {
    name: 'Thaddeus Wimbleshaw',
    email: 'a0thaddeus_wimbleshaw44f@hotmai.com',
    street: '77123 Copperlantern Turnpike Suite 949',
  },
  {
    name: 'Ottoline Fernsby-Vane',
    email: 'e9ottoline-fernsbyvane05b@gmail.com',
    street: '58290 Marzipanfield Loaf',
  },
  {
    name: 'Barnabus Krzyzewicz',
    email: '1dbarnabus.krzyzewiczc2e@outlook.com',
    street: '60452 Thistlequarry Overpass',
  },
  {
    name: 'Perpetua Dragonwyck',
    email: 'f3perpetua_dragonwyck8a6@hotmail.com',
    street: '12759 Quicksilverthorn Knoll',
  },
];

/** Names of agents that occur nowhere else, by agent id. */
export const SENTINEL_AGENTS: ReadonlyMap<number, string> = new Map([
  [1007, 'Lysander Achterberghe'],
  [1063, 'Cordelia Nettlesworthe'],
]);

/** The sentinel that stands at this place among `count` customers; they are spread evenly over the file. */
export function sentinelAt(index: number, count: number): Sentinel | undefined {
  const n = SENTINELS.length;
  const slot = Math.floor((index * n) / count);
  return index === sentinelIndex(slot, count) ? SENTINELS[slot] : undefined;
}

/** Customer number of the sentinel with this number. */
export function sentinelIndex(slot: number, count: number): number {
  return Math.floor(((slot + 0.5) * count) / SENTINELS.length);
}
