/** The part of a sheet that a range names, shaped as `spreadsheets.values.get` answers it. */

export type Cell = string | number;

interface Corner {
  readonly column: number | undefined;
  readonly row: number | undefined;
}

/** `agents`, `agents!A1:Z`, `'my tab'!A:D`, `A1:B2` (the first tab). Undefined when it is not a range. */
export function parseRange(range: string): { tab: string | undefined; from: Corner; to: Corner } | undefined {
  const parts = /^(?:(?:'((?:[^']|'')+)'|([^'!]+))!)?(?:([A-Za-z]*)(\d*)(?::([A-Za-z]*)(\d*))?)$/.exec(range);
  const whole = { from: { column: undefined, row: undefined }, to: { column: undefined, row: undefined } };
  if (!range.includes('!') && !/^[A-Za-z]{0,3}\d*:[A-Za-z]{0,3}\d*$|^[A-Za-z]{1,3}\d+$/.test(range)) {
    const tab = range.replace(/^'(.+)'$/, '$1').replaceAll("''", "'");
    return tab === '' ? undefined : { tab, ...whole };
  }
  if (!parts) return undefined;
  const [, quoted, plain, column, row, lastColumn, lastRow] = parts;
  const from = { column: columnIndex(column), row: rowIndex(row) };
  const isSingle = lastColumn === undefined && lastRow === undefined;
  const to = isSingle ? from : { column: columnIndex(lastColumn), row: rowIndex(lastRow) };
  return { tab: quoted?.replaceAll("''", "'") ?? plain, from, to };
}

/** Cuts the range out and leaves away blank cells at the end of rows and blank rows at the end, as the API does. */
export function cut(
  rows: readonly (readonly string[])[],
  from: Corner,
  to: Corner,
  unformatted: boolean,
): Cell[][] {
  const chosen = rows
    .slice(from.row ?? 0, to.row === undefined ? undefined : to.row + 1)
    .map((row) => row.slice(from.column ?? 0, to.column === undefined ? undefined : to.column + 1))
    .map((row) => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1));
  const filled = chosen.slice(0, chosen.findLastIndex((row) => row.length > 0) + 1);
  return filled.map((row) => row.map((cell) => (unformatted ? numberWhereExact(cell) : cell)));
}

/** A sheet keeps `1000` as a number. Texts that a number would not give back unchanged (`007`, `1e3`) stay texts. */
function numberWhereExact(cell: string): Cell {
  return cell !== '' && /^-?\d/.test(cell) && String(Number(cell)) === cell ? Number(cell) : cell;
}

function columnIndex(letters: string | undefined): number | undefined {
  if (!letters) return undefined;
  return (
    letters
      .toUpperCase()
      .split('')
      .reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  );
}

function rowIndex(digits: string | undefined): number | undefined {
  return digits ? Number(digits) - 1 : undefined;
}
