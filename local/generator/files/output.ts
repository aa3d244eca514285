import { open, type FileHandle } from 'node:fs/promises';

const BLOCK_BYTES = 1 << 20;
/** Room behind a full block for what is added before the caller flushes. */
const MARGIN_BYTES = 1 << 17;

/**
 * A file written in blocks of about 1 MiB. Text is given as byte strings, one character a byte (see `byteString`), so
 * that `offset` is exact at every moment and deliberately invalid bytes can be planted. Only one block is ever
 * in memory: when `isFull`, the caller awaits `flush`.
 */
export class Output {
  private block = Buffer.allocUnsafe(BLOCK_BYTES + MARGIN_BYTES);
  private used = 0;
  private flushed = 0;
  private readonly file: FileHandle;

  private constructor(file: FileHandle) {
    this.file = file;
  }

  static async create(path: string): Promise<Output> {
    return new Output(await open(path, 'w'));
  }

  /** Bytes so far, flushed or not. */
  get offset(): number {
    return this.flushed + this.used;
  }

  get isFull(): boolean {
    return this.used >= BLOCK_BYTES;
  }

  add(bytes: string): void {
    if (this.used + bytes.length > this.block.length) this.grow(bytes.length);
    this.used += this.block.write(bytes, this.used, 'latin1');
  }

  async flush(): Promise<void> {
    for (let from = 0; from < this.used;) {
      from += (await this.file.write(this.block, from, this.used - from)).bytesWritten;
    }
    this.flushed += this.used;
    this.used = 0;
  }

  /** Closes the file; what has not been flushed is dropped. */
  async close(): Promise<void> {
    await this.file.close();
  }

  private grow(bytes: number): void {
    const larger = Buffer.allocUnsafe(this.used + bytes + MARGIN_BYTES);
    this.block.copy(larger, 0, 0, this.used);
    this.block = larger;
  }
}

/** UTF-8 of a text as a byte string. */
export function byteString(text: string): string {
  const isAscii = Buffer.byteLength(text, 'utf8') === text.length;
  return isAscii ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** UTF-8's byte-order mark, as a byte string. */
export const BYTE_ORDER_MARK = '\xef\xbb\xbf';
