import { open, type FileHandle } from 'node:fs/promises';

const BLOCK_BYTES = 1 << 20;

/**
 * A file written in blocks of about 1 MiB. Text is given as byte strings, one character a byte (see `byteString`), so
 * that `offset` is exact at every moment and deliberately invalid bytes can be planted. Only one block is ever
 * in memory: when `isFull`, the caller awaits `flush`.
 */
export class Output {
  private block = '';
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
    return this.flushed + this.block.length;
  }

  get isFull(): boolean {
    return this.block.length >= BLOCK_BYTES;
  }

  add(bytes: string): void {
    this.block += bytes;
  }

  /** Takes back the end of the last line, unless that line is blank. Only before anything further is flushed. */
  chopLineEnd(): boolean {
    const end = /[^\r\n](\r?\n)$/u.exec(this.block.slice(-3))?.[1];
    if (end === undefined) return false;
    this.block = this.block.slice(0, -end.length);
    return true;
  }

  async flush(): Promise<void> {
    if (this.block === '') return;
    const bytes = Buffer.from(this.block, 'latin1');
    this.block = '';
    this.flushed += bytes.length;
    for (let from = 0; from < bytes.length; ) from += (await this.file.write(bytes, from)).bytesWritten;
  }

  /** Flushes and closes. Safe to call after a failure: then what is left is dropped. */
  async close(): Promise<void> {
    await this.file.close();
  }
}

const NON_ASCII = /[^\u0000-\u007f]/u;

/** UTF-8 of a text as a byte string. */
export function byteString(text: string): string {
  return NON_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

/** UTF-8's byte-order mark, as a byte string. */
export const BYTE_ORDER_MARK = '\xef\xbb\xbf';
