import type { DuckDBConnection } from '@duckdb/node-api';
import { applyAccess, readingCatalogue } from './access/catalogue.ts';
import { copyFromLake } from './copy.ts';
import type { LakeObjects } from './lake-objects.ts';
import { redshiftMessage, StatementError } from './messages.ts';
import { noResult, readResult, type StatementResult } from './results.ts';
import { bindParameters } from './sql-text.ts';
import { rememberWidths } from './tables.ts';
import { translate } from './translate.ts';
import { withWarehouse, type WarehouseFile } from './warehouse-file.ts';

export interface Engine {
  readonly file: WarehouseFile;
  readonly lake: LakeObjects;
}

/** How one statement of a batch ended. */
export interface StatementOutcome {
  readonly result: StatementResult | null;
  /** null when it succeeded */
  readonly error: string | null;
  readonly durationMs: number;
}

export type Parameters = Readonly<Record<string, string>>;

export interface Batch {
  readonly sqls: readonly string[];
  readonly parameters: Parameters;
  /** Whether it runs as the namespace's admin; only the admin may say who may do what. */
  readonly isAdmin: boolean;
}

/**
 * Runs the statements as one transaction and returns the outcome of each that was begun. The last one may be a
 * failure; then everything was rolled back.
 */
export async function runBatch(
  batch: Batch,
  engine: Engine,
  signal: AbortSignal,
): Promise<StatementOutcome[]> {
  try {
    return await withWarehouse(engine.file, async (connection) => {
      const interrupt = (): void => connection.interrupt();
      signal.addEventListener('abort', interrupt);
      try {
        return await runTransaction(connection, batch, engine, signal);
      } finally {
        signal.removeEventListener('abort', interrupt);
      }
    });
  } catch (error) {
    return [{ result: null, error: redshiftMessage(error), durationMs: 0 }];
  }
}

async function runTransaction(
  connection: DuckDBConnection,
  batch: Batch,
  engine: Engine,
  signal: AbortSignal,
): Promise<StatementOutcome[]> {
  const outcomes: StatementOutcome[] = [];
  await connection.run('begin transaction');
  for (const sql of batch.sqls) {
    const startedAt = performance.now();
    const elapsed = (): number => performance.now() - startedAt;
    try {
      signal.throwIfAborted();
      const result = await runStatement(connection, sql, batch, engine, signal);
      outcomes.push({ result, error: null, durationMs: elapsed() });
    } catch (error) {
      await connection.run('rollback');
      return [...outcomes, { result: null, error: redshiftMessage(error), durationMs: elapsed() }];
    }
  }
  await connection.run('commit');
  return outcomes;
}

async function runStatement(
  connection: DuckDBConnection,
  sql: string,
  { parameters, isAdmin }: Batch,
  { lake, file }: Engine,
  signal: AbortSignal,
): Promise<StatementResult> {
  const translated = translate(sql);
  switch (translated.kind) {
    case 'nothing':
      return noResult(-1);
    case 'refused':
      throw new StatementError(translated.message);
    case 'copy':
      return noResult(await copyFromLake(connection, translated, lake, file.scratch, signal));
    case 'access':
      if (!isAdmin) throw new StatementError('ERROR: permission denied: must be superuser');
      await applyAccess(connection, translated.statement);
      return noResult(-1);
    case 'sql': {
      const text = translated.sql.replace(/\bcurrent_user\b/gi, isAdmin ? "'admin'" : "'IAMR:caller'");
      const bound = bindParameters(await readingCatalogue(connection, text));
      const values = Object.fromEntries(bound.names.map((name) => [name, parameters[name] ?? null]));
      const result = await connection.run(bound.sql, bound.names.length > 0 ? values : undefined);
      await rememberWidths(connection, translated.sql);
      return readResult(result);
    }
  }
}
