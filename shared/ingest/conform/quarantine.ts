import { literal } from '../../contracts/compile-checks.ts';
import type { Partition } from '../../lake/keys.ts';
import type { RecordSpool } from '../framing/record-spool.ts';
import type { Conformed, SetAside } from './conform.ts';
import type { Engine } from './engine.ts';

/**
 * Writes every record that is not loaded to one Parquet file: where it stood in its source, every reason against it,
 * and its raw bytes (at most 64 KiB), so that it can be looked at and replayed. Returns the number of rows.
 */
export async function writeQuarantine(
  engine: Engine,
  spool: RecordSpool,
  { setAside, diverted }: Conformed,
  partition: Partition,
  loadId: string,
  path: string,
): Promise<number> {
  await engine.run(
    'create temp table quarantine (source_row bigint, source_offset bigint, kind varchar, reasons varchar, raw blob)',
  );
  const appender = await engine.connection.createAppender('quarantine');
  const append = (
    ordinal: number,
    offset: number | null,
    kind: SetAside['kind'],
    reasons: string,
    raw: Buffer,
  ): void => {
    appender.appendBigInt(BigInt(ordinal));
    if (offset === null) appender.appendNull();
    else appender.appendBigInt(BigInt(offset));
    appender.appendVarchar(kind);
    appender.appendVarchar(reasons);
    appender.appendBlob(raw);
    appender.endRow();
  };
  for (const { ordinal, kind, reasons } of setAside)
    append(ordinal, spool.offsetOf(ordinal), kind, reasons, spool.rawOf(ordinal));
  for (const { ordinal, offset, defects, raw } of diverted)
    append(ordinal, offset, 'rejected', defects.join(','), raw);
  appender.closeSync();
  await engine.run(
    `copy (
      select *, ${literal(loadId)} as _load_id, date ${literal(partition.date)} as _partition_date,
        ${partition.hour ?? -1} as _partition_hour
      from quarantine order by source_row
    ) to ${literal(path)} (format parquet, parquet_version v1, compression snappy)`,
  );
  return setAside.length + diverted.length;
}

/** How often each reason occurs; a record with two reasons counts in both. */
export function countReasons({ setAside, diverted }: Conformed): Record<string, number> {
  const counts = new Map<string, number>();
  const reasons = [
    ...setAside.flatMap((one) => one.reasons.split(',')),
    ...diverted.flatMap(({ defects }) => defects),
  ];
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
