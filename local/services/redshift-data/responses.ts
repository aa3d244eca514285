import type { Field, StatementResult } from './results.ts';
import type { Statement } from './statements.ts';
import type { StatementOutcome } from './run-batch.ts';

type Json = Readonly<Record<string, unknown>>;

declare global {
  interface JSON {
    /** Text that `JSON.stringify` writes as it stands; TypeScript's library does not know it yet. */
    rawJSON(text: string): unknown;
  }
}

const pageRows = 1000;
const epochSeconds = (time: Date): number => time.getTime() / 1000;
const nanoseconds = (ms: number): number => Math.round(ms * 1e6);

/** What both Execute operations answer. */
export function startedResponse(statement: Statement): Json {
  const { request } = statement;
  return {
    Id: statement.id,
    CreatedAt: epochSeconds(statement.createdAt),
    Database: request.database,
    Status: statement.status,
    ...(request.workgroup === null
      ? { ClusterIdentifier: request.cluster }
      : { WorkgroupName: request.workgroup }),
  };
}

/** `DescribeStatement`: of the whole, or of the n-th of a batch. */
export function describeResponse(statement: Statement, index: number | null): Json {
  const { request, outcomes } = statement;
  if (index !== null) return { ...startedResponse(statement), ...subStatement(statement, index) };
  const failed = outcomes.find(({ error }) => error !== null);
  const last = outcomes.at(-1);
  return {
    ...startedResponse(statement),
    UpdatedAt: epochSeconds(statement.updatedAt),
    Duration: nanoseconds(outcomes.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    HasResultSet: outcomes.some(({ result }) => result?.hasResultSet === true),
    ResultRows: statement.status === 'FINISHED' ? (last?.result?.rowCount ?? -1) : -1,
    ResultSize: -1,
    RedshiftPid: process.pid,
    RedshiftQueryId: -1,
    QueryString: request.isBatch ? '' : (request.sqls[0] ?? ''),
    ...(failed?.error === undefined ? {} : { Error: failed.error }),
    ...(request.isBatch
      ? { SubStatements: request.sqls.map((_, position) => subStatement(statement, position)) }
      : {}),
  };
}

function subStatement(statement: Statement, index: number): Json {
  const outcome = statement.outcomes[index];
  return {
    Id: `${statement.id}:${index + 1}`,
    CreatedAt: epochSeconds(statement.createdAt),
    UpdatedAt: epochSeconds(statement.updatedAt),
    Duration: nanoseconds(outcome?.durationMs ?? 0),
    QueryString: statement.request.sqls[index] ?? '',
    Status: subStatus(statement, outcome),
    HasResultSet: outcome?.result?.hasResultSet ?? false,
    ResultRows: outcome?.result?.rowCount ?? -1,
    ResultSize: -1,
    RedshiftQueryId: -1,
    ...(outcome?.error == null ? {} : { Error: outcome.error }),
  };
}

/** Statements after a failed one never ran: Redshift calls them aborted. */
function subStatus(statement: Statement, outcome: StatementOutcome | undefined): string {
  if (statement.status === 'SUBMITTED' || statement.status === 'STARTED') return statement.status;
  if (outcome === undefined) return 'ABORTED';
  if (outcome.error === null) return 'FINISHED';
  return statement.status === 'ABORTED' ? 'ABORTED' : 'FAILED';
}

/** `GetStatementResult`, a page of rows at a time; the token is the number of the next row. */
export function resultResponse(result: StatementResult, nextToken: string | null): Json {
  const start = nextToken === null ? 0 : Number(nextToken);
  const end = start + pageRows;
  return {
    Records: result.records.slice(start, end).map((record) => record.map(wireField)),
    ColumnMetadata: result.columns,
    TotalNumRows: result.records.length,
    ...(end < result.records.length ? { NextToken: String(end) } : {}),
  };
}

/** A long keeps all its digits on the wire; JSON.stringify would refuse a bigint. */
function wireField(field: Field): Json {
  return 'longValue' in field ? { longValue: JSON.rawJSON(field.longValue.toString()) } : field;
}
