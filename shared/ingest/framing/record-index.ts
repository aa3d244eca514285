/** Per ordinal (from 1): where the record began in the source, and where its raw text lies in the spool. */
export class RecordIndex {
  #length = 0;
  #offsets = new Float64Array(4096);
  #rawStarts = new Float64Array(4096);
  #rawLengths = new Uint32Array(4096);

  get length(): number {
    return this.#length;
  }

  /** Returns the new record's ordinal. */
  append(offset: number | null, rawStart: number, rawLength: number): number {
    if (this.#length === this.#offsets.length) this.#grow();
    this.#offsets[this.#length] = offset ?? -1;
    this.#rawStarts[this.#length] = rawStart;
    this.#rawLengths[this.#length] = rawLength;
    return ++this.#length;
  }

  offsetOf(ordinal: number): number | null {
    const offset = this.#offsets[ordinal - 1] ?? -1;
    return offset === -1 ? null : offset;
  }

  rawStartOf(ordinal: number): number {
    return this.#rawStarts[ordinal - 1] ?? 0;
  }

  rawLengthOf(ordinal: number): number {
    return this.#rawLengths[ordinal - 1] ?? 0;
  }

  #grow(): void {
    const size = this.#length * 2;
    this.#offsets = enlarged(this.#offsets, new Float64Array(size));
    this.#rawStarts = enlarged(this.#rawStarts, new Float64Array(size));
    this.#rawLengths = enlarged(this.#rawLengths, new Uint32Array(size));
  }
}

function enlarged<A extends Float64Array | Uint32Array>(from: A, into: A): A {
  into.set(from);
  return into;
}
