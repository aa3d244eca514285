import type { ObjectStore } from '../lake/object-store.ts';
import { VerificationFailed } from '../runtime/errors.ts';
import type { ParquetFooter } from './parquet-footer.ts';

export interface ExpectedParquet {
  readonly key: string;
  readonly bytes: number;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Parquet's physical types, as numbered in its Thrift definition, for the types of our columns. */
const physicalTypes: Readonly<Record<string, number>> = {
  INTEGER: 1,
  DATE: 1,
  BIGINT: 2,
  TIMESTAMP: 2,
  VARCHAR: 6,
};

/**
 * Reads the footer of an object that landed in the lake with an implementation of Parquet independent of the one that
 * wrote it; throws `VerificationFailed` unless rows, columns and types are those about to be committed.
 */
export async function verifyLanded(lake: ObjectStore, expected: ExpectedParquet): Promise<void> {
  const { rows, columns } = await readFooter(lake, expected);
  const expectedColumns = expected.columns.map(({ name, type }) => `${name}:${physicalTypes[type]}`);
  if (rows !== expected.rows || columns.join() !== expectedColumns.join())
    throw new VerificationFailed(
      `the landed Parquet file has ${rows} rows in ${columns.length} columns, ` +
        `${expected.rows} in ${expectedColumns.length} were written; nothing was committed. Run it again.`,
    );
}

async function readFooter(lake: ObjectStore, { key, bytes }: ExpectedParquet): Promise<ParquetFooter> {
  // Only verification needs it, so it is not loaded at a cold start.
  const { readParquetFooter } = await import('./parquet-footer.ts');
  try {
    return await readParquetFooter((offset, length) => lake.readRange(key, offset, length), bytes);
  } catch (error) {
    throw new VerificationFailed(
      'the landed Parquet file has no readable footer; nothing was committed. Run it again.',
      { cause: error },
    );
  }
}
