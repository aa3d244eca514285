import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { Warehouse, type WarehouseAddress } from './warehouse.ts';

/** Longer than the service ever lets a request wait (20 s here), so that only a dead connection is given up. */
const requestTimeout = 30_000;
const connectionTimeout = 5_000;

/** Opens the warehouse for one invocation; `remainingMs` is the time that the function has left. */
export type OpenWarehouse = (remainingMs: number) => Warehouse;

/** The client is kept from call to call, the deadline is each call's own. */
export function connectWarehouse(address: WarehouseAddress): OpenWarehouse {
  const client = new RedshiftDataClient({ requestHandler: { requestTimeout, connectionTimeout } });
  return (remainingMs) => new Warehouse(client, address, Date.now() + remainingMs);
}
