import { isUtf8 } from 'node:buffer';
import { SourceUnreadable } from '../../runtime/errors.ts';
import { readWhole } from './blocks.ts';
import { byteOrderMarkLength } from './byte-order-mark.ts';
import type { Framed } from './framed.ts';
import { asJson, asText, isObject, parseExactly } from './json-values.ts';
import type { RecordSpool } from './record-spool.ts';

/** V8 holds no longer string. */
const maxTextBytes = 512 * 1024 * 1024;

/**
 * Frames one JSON object of columns, `{"id": {"0": "a", "2": "b"}, "status": {"0": "x"}}`: a data frame's default
 * export. A record is an inner key of any column; a column that lacks the key gives it no value (null), it never
 * shifts another record's value into the gap.
 */
export async function frameJsonColumns(
  source: AsyncIterable<Uint8Array>,
  spool: RecordSpool,
): Promise<Framed> {
  const columns = parseColumns(await readWhole(source));
  const headers = Object.keys(columns);
  for (const key of recordKeys(columns)) {
    const values = headers.map((header) => columns[header]?.[key]);
    const record = Object.fromEntries(headers.map((header, index) => [header, values[index]]));
    spool.acceptValues(values.map(asText), asJson(record), null);
  }
  return { headers, fields: headers };
}

type Columns = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function parseColumns(bytes: Buffer): Columns {
  if (bytes.length === 0) throw new SourceUnreadable('the source is empty: it has no JSON');
  if (bytes.length >= maxTextBytes)
    throw new SourceUnreadable(
      `the source has ${bytes.length} bytes; one JSON object may have ${maxTextBytes}`,
    );
  const parsed = parseExactly(textOf(bytes));
  if (parsed === undefined)
    throw new SourceUnreadable(
      `the source is no complete JSON (${bytes.length} bytes); it may be cut off or still being written`,
    );
  if (!isObject(parsed.value))
    throw new SourceUnreadable('the source is JSON, but not one object of columns');
  const columns: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const [header, column] of Object.entries(parsed.value)) {
    if (!isObject(column)) throw new SourceUnreadable('the source is JSON, but a column of it is no object');
    columns[header] = column;
  }
  if (Object.keys(columns).length === 0)
    throw new SourceUnreadable('the JSON object is empty: it has no column');
  return columns;
}

function textOf(bytes: Buffer): string {
  const start = byteOrderMarkLength(bytes);
  if (isUtf8(bytes)) return bytes.toString('utf8', start);
  // Each invalid byte becomes a lone surrogate, which marks its record as badly encoded without touching the others.
  return lossyText(bytes.subarray(start));
}

function lossyText(bytes: Buffer): string {
  const parts: string[] = [];
  let lineStart = 0;
  while (lineStart < bytes.length) {
    const quote = bytes.indexOf(0x22, lineStart);
    const end = quote === -1 ? bytes.length : quote + 1;
    const part = bytes.subarray(lineStart, end);
    parts.push(
      isUtf8(part) ? part.toString() : part.toString('latin1').replace(/[\u0080-\u00ff]/g, '\udcff'),
    );
    lineStart = end;
  }
  return parts.join('');
}

/** Inner keys of all columns: numerically ordered where they are numbers, as found where they are not. */
function recordKeys(columns: Columns): Iterable<string> {
  const keys = new Set<string>();
  for (const column of Object.values(columns)) for (const key of Object.keys(column)) keys.add(key);
  const ordered = [...keys];
  return ordered.every((key) => /^\d+$/.test(key)) ? ordered.sort((a, b) => Number(a) - Number(b)) : ordered;
}
