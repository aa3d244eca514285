import { randomUUID } from 'node:crypto';
import { ApiError, type RunRequest } from './requests.ts';
import { runBatch, type Engine, type StatementOutcome } from './run-batch.ts';
import type { StatementResult } from './results.ts';

export type Status = 'SUBMITTED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';

/** One call of `ExecuteStatement` or `BatchExecuteStatement` and how far it is. */
export interface Statement {
  readonly id: string;
  readonly request: RunRequest;
  readonly createdAt: Date;
  readonly cancellation: AbortController;
  readonly done: Promise<void>;
  status: Status;
  updatedAt: Date;
  outcomes: readonly StatementOutcome[];
}

const keptStatements = 2000;

/** All statements of this server: runs them one after another and remembers how they ended. */
export class Statements {
  readonly #engine: Engine;
  readonly #byId = new Map<string, Statement>();
  readonly #byToken = new Map<string, Statement>();
  #queue: Promise<void> = Promise.resolve();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Queues a request; a repeated `ClientToken` gets the statement that it had the first time. */
  submit(request: RunRequest): Statement {
    const earlier = request.clientToken === null ? undefined : this.#byToken.get(request.clientToken);
    if (earlier !== undefined) {
      if (isSameWork(earlier.request, request)) return earlier;
      throw new ApiError('ValidationException', 'ClientToken was used before with other statements');
    }
    const finished = Promise.withResolvers<void>();
    const statement: Statement = {
      id: randomUUID(),
      request,
      createdAt: new Date(),
      cancellation: new AbortController(),
      done: finished.promise,
      status: 'SUBMITTED',
      updatedAt: new Date(),
      outcomes: [],
    };
    this.#remember(statement);
    this.#queue = this.#queue.then(() => this.#run(statement)).then(finished.resolve);
    return statement;
  }

  find(id: string): Statement {
    const statement = this.#byId.get(id);
    if (statement === undefined) throw new ApiError('ResourceNotFoundException', `no statement ${id}`);
    return statement;
  }

  /** Stops a statement that has not ended; true when there was one to stop. */
  cancel(id: string): boolean {
    const statement = this.find(id);
    if (statement.status !== 'SUBMITTED' && statement.status !== 'STARTED') return false;
    statement.cancellation.abort();
    return true;
  }

  /** Stops everything and waits until the warehouse file is closed. */
  async close(): Promise<void> {
    for (const statement of this.#byId.values()) statement.cancellation.abort();
    await this.#queue;
  }

  #remember(statement: Statement): void {
    this.#byId.set(statement.id, statement);
    const token = statement.request.clientToken;
    if (token !== null) this.#byToken.set(token, statement);
    const oldest = this.#byId.values().next().value;
    if (this.#byId.size > keptStatements && oldest !== undefined) {
      this.#byId.delete(oldest.id);
      if (oldest.request.clientToken !== null) this.#byToken.delete(oldest.request.clientToken);
    }
  }

  async #run(statement: Statement): Promise<void> {
    const { signal } = statement.cancellation;
    if (signal.aborted) return setStatus(statement, 'ABORTED');
    setStatus(statement, 'STARTED');
    statement.outcomes = await runBatch(statement.request, this.#engine, signal);
    if (statement.outcomes.every(({ error }) => error === null)) return setStatus(statement, 'FINISHED');
    setStatus(statement, signal.aborted ? 'ABORTED' : 'FAILED');
  }
}

function setStatus(statement: Statement, status: Status): void {
  statement.status = status;
  statement.updatedAt = new Date();
}

const isSameWork = (a: RunRequest, b: RunRequest): boolean =>
  JSON.stringify([a.sqls, a.parameters]) === JSON.stringify([b.sqls, b.parameters]);

/** The result of a statement, or of the n-th of a batch where the id is `<id>:<n>`. */
export function resultOf(statement: Statement, index: number): StatementResult {
  if (statement.status !== 'FINISHED') {
    throw new ApiError('ResourceNotFoundException', 'Query does not have result. Check its status first.');
  }
  const result = statement.outcomes[index]?.result;
  if (result === undefined || result === null || !result.hasResultSet) {
    throw new ApiError('ResourceNotFoundException', 'Query does not have result.');
  }
  return result;
}
