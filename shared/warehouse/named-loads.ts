import { ledgerTable } from './ledger.ts';
import { numberIn, textIn } from './rows.ts';
import type { Warehouse } from './warehouse.ts';

/** A partition that the warehouse has a load of. */
export interface NamedLoad {
  readonly source: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly hour: number | null;
  readonly loadId: string;
}

/** Reads the ledger only. */
const namedLoadsQuery = `select source, cast(partition_date as varchar(10)) as partition_date, partition_hour, load_id
from ${ledgerTable}
where load_id is not null`;

/** Every load that the ledger names: what the warehouse is made of. */
export async function loadsInLedger(warehouse: Warehouse): Promise<NamedLoad[]> {
  const rows = await warehouse.query('Reading the load ledger', namedLoadsQuery);
  return rows.map((row) => {
    const hour = numberIn(row, 'partition_hour') ?? -1;
    return {
      source: textIn(row, 'source') ?? '',
      date: textIn(row, 'partition_date') ?? '',
      hour: hour === -1 ? null : hour,
      loadId: textIn(row, 'load_id') ?? '',
    };
  });
}
