import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const chunkBytes = 1024 * 1024;

/**
 * A file written from start to end through one large buffer, and readable at any place afterwards. Synchronous on
 * purpose: its writer is a loop over bytes, and a promise per record would cost more than the write.
 */
export class SpoolFile {
  readonly #descriptor: number;
  readonly #chunk = Buffer.allocUnsafe(chunkBytes);
  #used = 0;
  #written = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'w+');
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#written + this.#used;
  }

  writeText(text: string): void {
    const room = text.length * 3;
    if (room > chunkBytes) {
      const bytes = Buffer.from(text);
      this.writeBytes(bytes, 0, bytes.length);
      return;
    }
    if (this.#used + room > chunkBytes) this.flush();
    this.#used += this.#chunk.write(text, this.#used);
  }

  writeBytes(bytes: Buffer, start: number, end: number): void {
    const length = end - start;
    if (this.#used + length > chunkBytes) this.flush();
    if (length > chunkBytes) {
      this.#written += writeFully(this.#descriptor, bytes.subarray(start, end));
    } else {
      bytes.copy(this.#chunk, this.#used, start, end);
      this.#used += length;
    }
  }

  /** An ASCII decimal number, without making a string of it first. */
  writeInteger(value: number): void {
    if (this.#used + 20 > chunkBytes) this.flush();
    let end = this.#used + 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) end++;
    let rest = value;
    for (let position = end - 1; position >= this.#used; position--) {
      this.#chunk[position] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.#used = end;
  }

  writeByte(byte: number): void {
    if (this.#used === chunkBytes) this.flush();
    this.#chunk[this.#used++] = byte;
  }

  flush(): void {
    this.#written += writeFully(this.#descriptor, this.#chunk.subarray(0, this.#used));
    this.#used = 0;
  }

  /** `length` bytes from `start`; what was flushed only. */
  read(start: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(this.#descriptor, bytes, 0, length, start));
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function writeFully(descriptor: number, bytes: Buffer): number {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done);
  return done;
}
