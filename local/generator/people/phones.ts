import { keysOf } from '../random/random.ts';

/** Area codes in use, so that numbers look real; the numbers themselves are a permutation of the customers. */
const AREA_CODES = `
201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254 256
260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 330 334 336 337
339 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 425 430 432 434 435 440 443 469
478 479 480 484 501 502 503 504 505 507 508 509 510 512 513 515 516 517 518 520 530 540 541 551 559 561 562 563 567 570 571`
  .trim()
  .split(/\s+/u);

const PER_AREA = 8_000_000;
const NUMBERS = AREA_CODES.length * PER_AREA;
/** A prime that divides neither factor of NUMBERS: multiplying by it permutes the numbers. */
const STRIDE = 7_368_787;

/** Gives every index its own number in E.164 (`+1` and ten digits); no two indexes below NUMBERS share one. */
export class PhoneBook {
  private readonly shift: number;

  constructor(seed: string) {
    this.shift = (keysOf(`${seed}/phones`, 1)[0] ?? 0) % NUMBERS;
  }

  numberOf(index: number): string {
    const place = (index * STRIDE + this.shift) % NUMBERS;
    const area = AREA_CODES[Math.floor(place / PER_AREA)] ?? '202';
    return `+1${area}${2_000_000 + (place % PER_AREA)}`;
  }
}
