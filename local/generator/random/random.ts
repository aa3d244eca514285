/**
 * The generator's only source of chance. sfc32 ("small fast counter", Chris Doty-Humphrey, PractRand; public
 * domain), seeded from a text, so that every file has a stream of its own: what one file draws never shifts another.
 */

/** Avalanches 32 bits (MurmurHash3's finaliser, Austin Appleby). A bijection: distinct inputs stay distinct. */
export function scramble(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** `count` 32-bit keys derived from a text; the same text always gives the same keys. */
export function keysOf(text: string, count: number): Uint32Array {
  let h = 0x9e3779b9 ^ text.length;
  for (let i = 0; i < text.length; i++) h = scramble(h ^ Math.imul(text.charCodeAt(i) + i, 0x9e3779b1));
  const keys = new Uint32Array(count);
  for (let i = 0; i < count; i++) keys[i] = h = scramble((h + 0x6d2b79f5) | 0);
  return keys;
}

export class Random {
  private readonly state = new Uint32Array(4);
  private readonly keys: Uint32Array;

  constructor(seed: string) {
    this.keys = keysOf(seed, 4);
    this.restart(0);
  }

  /** Begins the sub-stream that belongs to `index`; used to recompute a person by number. */
  restart(index: number): void {
    const [s, k] = [this.state, this.keys];
    s[0] = scramble(index ^ (k[0] ?? 0));
    s[1] = scramble((index + (k[1] ?? 0)) | 0);
    s[2] = k[2] ?? 0;
    s[3] = 1;
    for (let i = 0; i < 4; i++) this.next();
  }

  /** The next 32 bits, unsigned. */
  next(): number {
    const s = this.state;
    const a = s[0] ?? 0;
    const b = s[1] ?? 0;
    const c = s[2] ?? 0;
    const n = s[3] ?? 0;
    const result = (a + b + n) | 0;
    s[3] = (n + 1) | 0;
    s[0] = b ^ (b >>> 9);
    s[1] = (c + (c << 3)) | 0;
    s[2] = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number {
    return Math.floor((this.next() / 4294967296) * limit);
  }

  /** A number in [0, 1). */
  fraction(): number {
    return this.next() / 4294967296;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('Nothing to pick from');
    return item;
  }
}
