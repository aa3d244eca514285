import { SchemaDrift } from '../runtime/errors.ts';
import type { ColumnContract, Contract } from './contract.ts';

export interface ColumnMatch {
  readonly column: ColumnContract;
  /** The source's header for it; null where the source lacks it. */
  readonly header: string | null;
}

export interface MatchedColumns {
  readonly matches: readonly ColumnMatch[];
  /** Headers that the contract does not know. */
  readonly unknownHeaders: readonly string[];
}

/** Finds the contract's columns among a source's headers; throws `SchemaDrift` with the difference. */
export function matchColumns(
  { columns, source }: Pick<Contract, 'columns' | 'source'>,
  headers: readonly string[],
): MatchedColumns {
  const known = new Set(columns.flatMap((column) => column.headers));
  const unknownHeaders = headers.filter((header) => !known.has(header));
  const matches = columns.map((column) => ({
    column,
    header: headers.find((header) => column.headers.includes(header)) ?? null,
  }));
  const missing = matches.filter(({ column, header }) => header === null && column.presence === 'required');
  const repeated = [
    ...headers.filter((header, index) => headers.indexOf(header) !== index),
    ...columns
      .filter((column) => headers.filter((header) => column.headers.includes(header)).length > 1)
      .map(({ name }) => name),
  ];
  // Were most columns unknown, the line would rather be a record than a header, and a record is not to be quoted.
  const isHeader = matches.filter(({ header }) => header !== null).length * 2 >= matches.length;
  if (missing.length > 0 || repeated.length > 0)
    throw new SchemaDrift(driftMessage(source, missing, isHeader ? repeated : [], unknownHeaders, isHeader), {
      details: {
        missing: missing.map(({ column }) => column.name),
        unknown: isHeader ? unknownHeaders : [],
      },
    });
  return { matches, unknownHeaders };
}

function driftMessage(
  source: string,
  missing: readonly ColumnMatch[],
  repeated: readonly string[],
  unknown: readonly string[],
  isHeader: boolean,
): string {
  const lacks = missing.map(({ column }) => `"${column.headers[0] ?? column.name}"`).join(', ');
  const found = isHeader
    ? `found ${unknown.map((header) => `"${header.slice(0, 64)}"`).join(', ') || 'no unknown one'}`
    : 'most of the header is unknown: is the header line missing?';
  const parts = [
    ...(missing.length > 0 ? [`no column ${lacks} (${found})`] : []),
    ...(repeated.length > 0 ? [`the column ${repeated.map((name) => `"${name}"`).join(', ')} twice`] : []),
  ];
  const folder = source.replaceAll('_', '-');
  return (
    `the source has ${parts.join(' and ')}; nothing was committed. ` +
    `Add the new spelling to functions/${folder}/contract.ts or ask the source's owner.`
  );
}
