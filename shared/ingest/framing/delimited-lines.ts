import { isUtf8 } from 'node:buffer';
import type { Framed } from './framed.ts';
import { linesOf, type Line } from './lines.ts';
import type { RecordSpool, StructuralDefect } from './record-spool.ts';

/**
 * Frames text without a header: one record a line, fields parted by a delimiter, everything after the last expected
 * delimiter belonging to the last field (which may hold the delimiter itself). Nothing is unescaped.
 */
export async function frameDelimitedLines(
  source: AsyncIterable<Uint8Array>,
  spool: RecordSpool,
  { headers, delimiter }: { readonly headers: readonly string[]; readonly delimiter: string },
): Promise<Framed> {
  for await (const line of linesOf(source)) {
    const text = line.bytes.toString();
    const values = splitInto(text, delimiter, headers.length);
    const defects = defectsOf(line, values.length === headers.length);
    if (defects.length > 0) spool.divert(defects, line.bytes, line.offset);
    else spool.acceptValues(values, line.bytes, line.offset);
  }
  return { headers, fields: headers };
}

function defectsOf(line: Line, isComplete: boolean): StructuralDefect[] {
  if (line.isTooLong) return ['record_too_long'];
  const defects: StructuralDefect[] = [];
  if (!isComplete) defects.push('field_count');
  if (line.bytes.includes(0x0d)) defects.push('bare_cr');
  if (line.bytes.includes(0)) defects.push('nul_byte');
  if (!isUtf8(line.bytes)) defects.push('invalid_utf8');
  return defects;
}

function splitInto(text: string, delimiter: string, count: number): string[] {
  const values: string[] = [];
  let start = 0;
  while (values.length < count - 1) {
    const end = text.indexOf(delimiter, start);
    if (end === -1) break;
    values.push(text.slice(start, end));
    start = end + delimiter.length;
  }
  values.push(text.slice(start));
  return values;
}
