import { ParquetEnvelopeReader } from '@dsnp/parquetjs';
import type { ObjectStore } from '../lake/object-store.ts';
import { VerificationFailed } from '../runtime/errors.ts';

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
  const reader = new ParquetEnvelopeReader(
    (offset, length) => lake.readRange(expected.key, offset, length),
    () => undefined,
    expected.bytes,
  );
  const { rows, columns } = await readFooter(reader);
  const expectedColumns = expected.columns.map(({ name, type }) => `${name}:${physicalTypes[type]}`);
  if (rows !== expected.rows || columns.join() !== expectedColumns.join())
    throw new VerificationFailed(
      `the landed Parquet file has ${rows} rows in ${columns.length} columns, ` +
        `${expected.rows} in ${expectedColumns.length} were written; nothing was committed. Run it again.`,
    );
}

async function readFooter(reader: ParquetEnvelopeReader): Promise<{ rows: number; columns: string[] }> {
  try {
    await reader.readHeader();
    const footer = await reader.readFooter();
    const [, ...elements] = footer.schema;
    return {
      rows: Number(footer.num_rows),
      columns: elements.map(({ name, type }) => `${name}:${type ?? ''}`),
    };
  } catch (error) {
    throw new VerificationFailed(
      'the landed Parquet file has no readable footer; nothing was committed. Run it again.',
      { cause: error },
    );
  }
}
