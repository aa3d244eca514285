import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { StatementError } from './messages.ts';

export interface WarehouseFile {
  readonly path: string;
  /** How long to wait for another process (dbt, a curious client) to close the file, in milliseconds. */
  readonly lockWaitMs: number;
  /** Directory for spilled data and fetched objects. */
  readonly scratch: string;
}

/** Opens the file for one piece of work and closes it after, so that other processes may open it in between. */
export async function withWarehouse<T>(
  file: WarehouseFile,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await open(file);
  try {
    const connection = await instance.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

async function open({ path, lockWaitMs, scratch }: WarehouseFile): Promise<DuckDBInstance> {
  const deadline = Date.now() + lockWaitMs;
  const options = {
    threads: '2',
    memory_limit: '800MB',
    temp_directory: scratch,
    preserve_insertion_order: 'false',
  };
  for (;;) {
    try {
      return await DuckDBInstance.create(path, options);
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (Date.now() >= deadline) {
        throw new StatementError('ERROR: could not obtain lock on the warehouse file', { cause: error });
      }
      await sleep(100);
    }
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof Error && /could not set lock on file|unique file handle conflict/i.test(error.message);
