import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, VerificationFailed } from '../../runtime/errors.ts';
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';

/** Well under a function's memory: Node and the framer need theirs, too. */
const memoryLimit = '420MB';

export type Row = Readonly<Record<string, DuckDBValue>>;

/** A DuckDB of its own for one partition, on the function's temporary disk. */
export class Engine {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(directory: string): Promise<Engine> {
    // The native library is half of a cold start, and a partition that is unchanged does without.
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: memoryLimit,
      threads: String(Math.min(2, availableParallelism())),
      temp_directory: join(directory, 'duckdb'),
      preserve_insertion_order: 'true',
      allow_unsigned_extensions: 'false',
      autoinstall_known_extensions: 'false',
    });
    return new Engine(instance, await instance.connect());
  }

  async run(sql: string): Promise<void> {
    try {
      await this.#connection.run(sql);
    } catch (error) {
      throw engineFailure(error);
    }
  }

  async rows(sql: string): Promise<readonly Row[]> {
    try {
      const reader = await this.#connection.runAndReadAll(sql);
      return reader.getRowObjects();
    } catch (error) {
      throw engineFailure(error);
    }
  }

  /** The one row of an aggregate. */
  async row(sql: string): Promise<Row> {
    const [row] = await this.rows(sql);
    if (row === undefined) throw new Error('the query returned no row');
    return row;
  }

  get connection(): DuckDBConnection {
    return this.#connection;
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** The engine's own messages quote rows, so only their kind is looked at. */
function engineFailure(error: unknown): Error {
  const kind = error instanceof Error ? (/^([A-Z][A-Za-z ]+) Error:/.exec(error.message)?.[1] ?? '') : '';
  if (kind === 'Out of Memory' || kind === 'IO')
    return new ConfigurationError(
      'the function ran out of memory or temporary disk; raise memoryMb or temporaryDiskMb of its declaration',
      { cause: error },
    );
  return new VerificationFailed(
    `the engine could not read what the framer wrote (${kind || 'unknown'} error); nothing was committed. ` +
      'Keep the source and report it.',
    { cause: error },
  );
}
