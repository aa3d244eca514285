import { ParquetEnvelopeReader } from '@dsnp/parquetjs';

export interface ParquetFooter {
  readonly rows: number;
  /** `name:<number of the physical type>`, in order. */
  readonly columns: readonly string[];
}

/**
 * Reads a Parquet file's footer. A file of its own in the bundle, loaded when a load is verified: it must not import
 * anything of `shared/` (there would be two of it).
 */
export async function readParquetFooter(
  readRange: (offset: number, length: number) => Promise<Buffer>,
  bytes: number,
): Promise<ParquetFooter> {
  const reader = new ParquetEnvelopeReader(readRange, () => undefined, bytes);
  await reader.readHeader();
  const footer = await reader.readFooter();
  const [, ...elements] = footer.schema;
  return {
    rows: Number(footer.num_rows),
    columns: elements.map(({ name, type }) => `${name}:${type ?? ''}`),
  };
}
