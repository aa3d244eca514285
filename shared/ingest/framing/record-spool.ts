import { join } from 'node:path';
import { RecordIndex } from './record-index.ts';
import { SpoolFile } from './spool-file.ts';

/** Why a record could not be handed on as text fields at all. */
export type StructuralDefect =
  | 'field_count'
  | 'broken_quotes'
  | 'record_too_long'
  | 'bare_cr'
  | 'nul_byte'
  | 'invalid_utf8'
  | 'invalid_json'
  | 'not_an_object';

export interface DivertedRecord {
  readonly ordinal: number;
  /** Byte offset in the source; null where the source has no bytes of its own (a sheet, a table). */
  readonly offset: number | null;
  readonly defects: readonly StructuralDefect[];
  /** At most `maxRawBytes`. */
  readonly raw: Buffer;
}

/** Of a bad record, this much is kept. */
export const maxRawBytes = 64 * 1024;

/** How many records were handed on, and the sum of their ordinals: to be found again by whoever reads the spool. */
export interface OrdinalAccount {
  readonly count: number;
  readonly sum: number;
}

const COMMA = 0x2c;
const LF = 0x0a;

/**
 * Of one source either all records come as bytes or all as values.
 *
 * Takes the records of one source in order and numbers them from 1. Sound ones go to a canonical CSV file: ordinal
 * first, LF line ends, a missing value empty, an empty text `""`. Broken ones are diverted with their reasons. Of
 * every record handed on it knows where the raw text lies, so that one rejected later can still be quoted exactly.
 */
export class RecordSpool {
  readonly canonicalPath: string;
  readonly diverted: DivertedRecord[] = [];
  readonly #canonical: SpoolFile;
  readonly #directory: string;
  /** Only for sources whose text is not canonical CSV already. */
  #raw: SpoolFile | undefined;
  readonly #index = new RecordIndex();
  #acceptedCount = 0;
  #acceptedSum = 0;

  constructor(directory: string) {
    this.canonicalPath = join(directory, 'canonical.csv');
    this.#canonical = new SpoolFile(this.canonicalPath);
    this.#directory = directory;
  }

  /** Records seen so far, accepted and diverted. */
  get read(): number {
    return this.#index.length;
  }

  get accepted(): OrdinalAccount {
    return { count: this.#acceptedCount, sum: this.#acceptedSum };
  }

  /** Hands on a record that already is canonical CSV: bytes `start` to `end`, without its line end. */
  acceptBytes(bytes: Buffer, start: number, end: number, offset: number): void {
    const ordinal = this.#index.append(offset);
    this.#canonical.writeInteger(ordinal);
    this.#canonical.writeByte(COMMA);
    this.#index.place(ordinal, this.#canonical.position, end - start);
    this.#canonical.writeBytes(bytes, start, end);
    this.#canonical.writeByte(LF);
    this.#account(ordinal);
  }

  /** Hands on a record given as values (null: the source has none), with its text as the source wrote it. */
  acceptValues(values: readonly (string | null)[], raw: Buffer | string, offset: number | null): void {
    const rawBytes = typeof raw === 'string' ? Buffer.from(raw) : raw;
    const defects = defectsOf(values);
    if (defects.length > 0) {
      this.divert(defects, rawBytes, offset);
      return;
    }
    const ordinal = this.#index.append(offset);
    this.#canonical.writeInteger(ordinal);
    this.#canonical.writeByte(COMMA);
    const start = this.#canonical.position;
    this.#canonical.writeText(values.map(quoted).join(','));
    this.#index.place(ordinal, start, this.#canonical.position - start);
    this.#canonical.writeByte(LF);
    this.#raw ??= new SpoolFile(join(this.#directory, 'raw.txt'));
    this.#index.placeRaw(ordinal, this.#raw.position, rawBytes.length);
    this.#raw.writeBytes(rawBytes, 0, rawBytes.length);
    this.#account(ordinal);
  }

  /** Puts a record aside that cannot be handed on. */
  divert(defects: readonly StructuralDefect[], raw: Buffer, offset: number | null): void {
    const ordinal = this.#index.append(offset);
    this.diverted.push({ ordinal, offset, defects, raw: Buffer.from(raw.subarray(0, maxRawBytes)) });
  }

  flush(): void {
    this.#canonical.flush();
    this.#raw?.flush();
  }

  /** Raw text of a record that was handed on, at most `maxRawBytes`. Call after `flush`. */
  rawOf(ordinal: number): Buffer {
    const { start, length } =
      this.#raw === undefined ? this.#index.placeOf(ordinal) : this.#index.rawPlaceOf(ordinal);
    return (this.#raw ?? this.#canonical).read(start, Math.min(length, maxRawBytes));
  }

  /** Copies some of the records handed on to a canonical file of their own; returns its path. Call after `flush`. */
  extract(ordinals: readonly number[]): string {
    const path = join(this.#directory, 'extract.csv');
    const file = new SpoolFile(path);
    for (const ordinal of ordinals) {
      const { start, length } = this.#index.placeOf(ordinal);
      file.writeInteger(ordinal);
      file.writeByte(COMMA);
      file.writeBytes(this.#canonical.read(start, length), 0, length);
      file.writeByte(LF);
    }
    file.flush();
    file.close();
    return path;
  }

  offsetOf(ordinal: number): number | null {
    return this.#index.offsetOf(ordinal);
  }

  close(): void {
    this.#canonical.close();
    this.#raw?.close();
  }

  #account(ordinal: number): void {
    this.#acceptedCount++;
    this.#acceptedSum += ordinal;
  }
}

function quoted(value: string | null): string {
  if (value === null) return '';
  return value.includes('"') ? `"${value.replaceAll('"', '""')}"` : `"${value}"`;
}

function defectsOf(values: readonly (string | null)[]): StructuralDefect[] {
  const defects: StructuralDefect[] = [];
  if (values.some((value) => value?.includes('\0'))) defects.push('nul_byte');
  if (values.some((value) => value?.isWellFormed() === false)) defects.push('invalid_utf8');
  return defects;
}
