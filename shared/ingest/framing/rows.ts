import type { Framed } from './framed.ts';
import { SourceUnreadable } from '../../runtime/errors.ts';
import type { RecordSpool } from './record-spool.ts';

/**
 * Frames a table of cells whose first row is the header (a sheet). Rows may be shorter than the header, since blank
 * cells at the end are left out by their service; a row without any value is blank and no record.
 */
export function frameRows(rows: readonly (readonly unknown[])[], spool: RecordSpool): Framed {
  const [headerRow, ...records] = rows;
  if (headerRow === undefined || headerRow.every((cell) => cellText(cell) === ''))
    throw new SourceUnreadable('the sheet is empty: its first row has no header');
  const headers = headerRow.map(cellText);
  for (const cells of records) {
    const values = cells.map(cellText);
    if (values.every((value) => value === '')) continue;
    const raw = JSON.stringify(values);
    if (values.length > headers.length) spool.divert(['field_count'], Buffer.from(raw), null);
    else
      spool.acceptValues([...values, ...Array<string>(headers.length - values.length).fill('')], raw, null);
  }
  return { headers, fields: headers };
}

const cellText = (cell: unknown): string => {
  if (typeof cell === 'string') return cell;
  return cell === null || cell === undefined ? '' : JSON.stringify(cell);
};
