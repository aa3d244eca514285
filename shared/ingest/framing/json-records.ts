import { isUtf8 } from 'node:buffer';
import type { ColumnContract } from '../../contracts/contract.ts';
import { SourceUnreadable } from '../../runtime/errors.ts';
import { unmappedField, type Framed } from './framed.ts';
import { jsonElements } from './json-elements.ts';
import { asJson, asText, isObject, parseExactly } from './json-values.ts';
import { linesOf } from './lines.ts';
import type { RecordSpool, StructuralDefect } from './record-spool.ts';

/**
 * Frames JSON objects, either one array of them or one a line (JSON Lines), told apart by the first character. An
 * object that lacks a key has no value there; keys the contract does not know are handed on together as JSON.
 * Throws `SourceUnreadable` when there is no object at all, or when the end is missing.
 */
export async function frameJsonRecords(
  source: AsyncIterable<Uint8Array>,
  spool: RecordSpool,
  columns: readonly ColumnContract[],
): Promise<Framed> {
  const records = new ObjectRecords(spool, columns);
  const { first, whole } = await peek(source);
  if (first === undefined) throw new SourceUnreadable('the source is empty: it has no JSON');
  if (first === '[') {
    for await (const { bytes, offset, isTooLong } of jsonElements(whole))
      records.take(bytes, offset, isTooLong);
  } else {
    await takeLines(whole, records, first === '{');
  }
  if (spool.read === 0) throw new SourceUnreadable('the JSON array is empty: it has no record');
  if (!records.hasObject)
    throw new SourceUnreadable('the source is neither a JSON array of objects nor JSON Lines');
  return {
    headers: records.headers,
    fields: [...columns.map(({ name, headers }) => headers[0] ?? name), unmappedField],
  };
}

/** `beginsSound`: the first line looks like an object; if not, it is a bad line among good ones or no JSON Lines. */
async function takeLines(
  source: AsyncIterable<Uint8Array>,
  records: ObjectRecords,
  beginsSound: boolean,
): Promise<void> {
  for await (const line of linesOf(source)) {
    const isSound = records.take(line.bytes, line.offset, line.isTooLong);
    if (!isSound && line.isUnterminated && (beginsSound || records.hasObject))
      throw new SourceUnreadable(
        'the last line of the JSON Lines is cut off: it is no JSON and has no line end',
      );
  }
}

class ObjectRecords {
  readonly #spool: RecordSpool;
  readonly #columns: readonly ColumnContract[];
  readonly #known: ReadonlySet<string>;
  readonly #seen = new Set<string>();
  #hasObject = false;

  constructor(spool: RecordSpool, columns: readonly ColumnContract[]) {
    this.#spool = spool;
    this.#columns = columns;
    this.#known = new Set(columns.flatMap(({ headers }) => headers));
  }

  /** Whether any of the records was an object. */
  get hasObject(): boolean {
    return this.#hasObject;
  }

  /** Keys that any of the objects had. */
  get headers(): readonly string[] {
    return [...this.#seen];
  }

  /** Hands one object on or diverts it; says whether it was sound JSON. */
  take(bytes: Buffer, offset: number, isTooLong: boolean): boolean {
    if (isTooLong) return this.#divert(['record_too_long'], bytes, offset);
    if (!isUtf8(bytes)) return this.#divert(['invalid_utf8'], bytes, offset);
    const parsed = parseExactly(bytes.toString());
    if (parsed === undefined) return this.#divert(['invalid_json'], bytes, offset);
    if (!isObject(parsed.value)) return this.#divert(['not_an_object'], bytes, offset);
    this.#hasObject = true;
    this.#spool.acceptValues(this.#valuesOf(parsed.value), bytes, offset);
    return true;
  }

  #valuesOf(record: Readonly<Record<string, unknown>>): (string | null)[] {
    const unknown = Object.entries(record).filter(([key]) => !this.#known.has(key));
    for (const key of Object.keys(record)) this.#seen.add(key);
    const values = this.#columns.map(({ headers }) => {
      const header = headers.find((spelling) => spelling in record);
      return header === undefined ? null : asText(record[header]);
    });
    return [...values, unknown.length === 0 ? null : asJson(Object.fromEntries(unknown))];
  }

  #divert(defects: readonly StructuralDefect[], bytes: Buffer, offset: number): false {
    this.#spool.divert(defects, bytes, offset);
    return false;
  }
}

/** First character that is not blank, and the source as it was before it was looked at. */
async function peek(
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly first: string | undefined; readonly whole: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let first: string | undefined;
  while (first === undefined) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    seen.push(value);
    first = Buffer.from(value)
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, '')
      .trimStart()[0];
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* seen;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { first, whole: whole() };
}
