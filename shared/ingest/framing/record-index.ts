/** Where a record lies in a file. */
export interface Place {
  readonly start: number;
  readonly length: number;
}

const firstCapacity = 4096;

/**
 * Per ordinal (from 1): where the record began in the source, where it lies in the canonical file and, for sources whose
 * text is kept apart, where its raw text lies. Typed arrays, since there may be millions.
 */
export class RecordIndex {
  #length = 0;
  #offsets = new Float64Array(firstCapacity);
  readonly #canonical = new PlaceList();
  readonly #raw = new PlaceList();

  get length(): number {
    return this.#length;
  }

  /** Returns the new record's ordinal. `offset` is null where the source has no bytes of its own. */
  append(offset: number | null): number {
    if (this.#length === this.#offsets.length) this.#offsets = doubled(this.#offsets, Float64Array);
    this.#offsets[this.#length] = offset ?? -1;
    return ++this.#length;
  }

  place(ordinal: number, start: number, length: number): void {
    this.#canonical.set(ordinal, start, length);
  }

  placeRaw(ordinal: number, start: number, length: number): void {
    this.#raw.set(ordinal, start, length);
  }

  offsetOf(ordinal: number): number | null {
    const offset = this.#offsets[ordinal - 1] ?? -1;
    return offset === -1 ? null : offset;
  }

  placeOf(ordinal: number): Place {
    return this.#canonical.get(ordinal);
  }

  rawPlaceOf(ordinal: number): Place {
    return this.#raw.get(ordinal);
  }
}

class PlaceList {
  #starts = new Float64Array(firstCapacity);
  #lengths = new Uint32Array(firstCapacity);

  set(ordinal: number, start: number, length: number): void {
    while (ordinal > this.#starts.length) {
      this.#starts = doubled(this.#starts, Float64Array);
      this.#lengths = doubled(this.#lengths, Uint32Array);
    }
    this.#starts[ordinal - 1] = start;
    this.#lengths[ordinal - 1] = length;
  }

  get(ordinal: number): Place {
    return { start: this.#starts[ordinal - 1] ?? 0, length: this.#lengths[ordinal - 1] ?? 0 };
  }
}

function doubled<A extends Float64Array | Uint32Array>(from: A, type: new (length: number) => A): A {
  const larger = new type(from.length * 2);
  larger.set(from);
  return larger;
}
