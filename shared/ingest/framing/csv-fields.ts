/**
 * Values of one CSV record whose bounds are known to be right. Empty without quotes: null; a quote inside an unquoted
 * field stands for itself.
 */
export function csvFields(record: string): (string | null)[] {
  const values: (string | null)[] = [];
  let position = 0;
  for (;;) {
    if (record[position] === '"') {
      const end = closingQuote(record, position + 1);
      values.push(record.slice(position + 1, end).replaceAll('""', '"'));
      position = end + 1;
    } else {
      const comma = record.indexOf(',', position);
      const end = comma === -1 ? record.length : comma;
      values.push(end === position ? null : record.slice(position, end));
      position = end;
    }
    if (position >= record.length) return values;
    position++;
  }
}

function closingQuote(record: string, from: number): number {
  let position = record.indexOf('"', from);
  while (record[position + 1] === '"') position = record.indexOf('"', position + 2);
  return position;
}
