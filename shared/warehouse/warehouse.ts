import { randomUUID } from 'node:crypto';
import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  GetStatementResultCommand,
  type DescribeStatementResponse,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { setTimeout as sleep } from 'node:timers/promises';
import { WarehouseBusy } from '../runtime/errors.ts';
import { apiError, isTooManyWaiting } from './api-error.ts';
import { failureError, reasonOf, type BatchFailure } from './failure.ts';
import { readRecords, type Row } from './rows.ts';

export interface WarehouseAddress {
  readonly workgroup: string;
  readonly database: string;
  /**
   * Secret with the credentials of the database user to be, e.g. the namespace's admin. Without it the caller's own
   * IAM identity signs in, with the database roles that its tag `RedshiftDbRoles` names.
   */
  readonly secretArn?: string;
}

/** One statement of a batch. */
export interface Statement {
  /** What it does, for errors and logs; never a value. */
  readonly label: string;
  readonly sql: string;
  /** Constant text that the statement fails with when what it asserts is not so. */
  readonly assertion?: string;
}

/** Values of `:name` in the statements, for what must not stand in SQL text. */
export type Parameters = Readonly<Record<string, string>>;

export type BatchOutcome =
  | { readonly outcome: 'finished'; readonly statementId: string }
  | ({ readonly outcome: 'failed' } & BatchFailure);

const maxStatements = 40;
const maxWaitSeconds = 20;
/** Time kept back to cancel and to report, in milliseconds. */
const reserveMs = 2_000;

/**
 * The warehouse through the Redshift Data API. Every batch is one transaction. Engine messages stay in here: they
 * may quote rows.
 */
export class Warehouse {
  readonly #client: RedshiftDataClient;
  readonly #address: WarehouseAddress;
  readonly #deadline: number;

  /** `deadline`: when the work must have ended, in milliseconds since the epoch. */
  constructor(client: RedshiftDataClient, address: WarehouseAddress, deadline: number) {
    this.#client = client;
    this.#address = address;
    this.#deadline = deadline;
  }

  /**
   * Runs up to 40 statements as one transaction: all of them, or none.
   * @throws WarehouseBusy when the service does not take it or the deadline passes (the statement is cancelled;
   * whether it was in time is unknown, so only repeatable work may be run), ConfigurationError when it is refused.
   */
  async run(statements: readonly Statement[], parameters: Parameters = {}): Promise<BatchOutcome> {
    if (statements.length < 1 || statements.length > maxStatements) {
      throw new RangeError(`a batch has 1 to ${maxStatements} statements`);
    }
    const statementId = await this.#submit(statements, parameters);
    const description = await this.#settle(statementId);
    if (description.Status === 'FINISHED') return { outcome: 'finished', statementId };
    return { outcome: 'failed', ...failureOf(description, statements, statementId) };
  }

  /** Runs a batch that is expected to succeed; `work` names it in the error. */
  async execute(
    work: string,
    statements: readonly Statement[],
    parameters: Parameters = {},
  ): Promise<string> {
    const result = await this.run(statements, parameters);
    if (result.outcome === 'failed') throw failureError(result, work);
    return result.statementId;
  }

  /** Rows of one select. Integers beyond 2^53 must be cast to text by the statement. */
  async query(label: string, sql: string, parameters: Parameters = {}): Promise<Row[]> {
    const statementId = await this.execute(label, [{ label, sql }], parameters);
    const rows: Row[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#call(() =>
        this.#client.send(new GetStatementResultCommand({ Id: `${statementId}:1`, NextToken })),
      );
      rows.push(...readRecords(page.ColumnMetadata ?? [], page.Records ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return rows;
  }

  async #submit(statements: readonly Statement[], parameters: Parameters): Promise<string> {
    const Parameters = Object.entries(parameters).map(([name, value]) => ({ name, value }));
    const command = new BatchExecuteStatementCommand({
      WorkgroupName: this.#address.workgroup,
      Database: this.#address.database,
      ...(this.#address.secretArn === undefined ? {} : { SecretArn: this.#address.secretArn }),
      Sqls: statements.map(({ sql }) => sql),
      ...(Parameters.length === 0 ? {} : { Parameters }),
      // the SDK repeats the call with this token when a reply is lost, and the service runs it once
      ClientToken: randomUUID(),
    });
    const { Id } = await this.#call(() => this.#client.send(command));
    if (Id === undefined) throw new WarehouseBusy('The warehouse gave no statement id; try again later.');
    return Id;
  }

  /** Waits until the statement has ended, or cancels it when time is up. */
  async #settle(Id: string): Promise<DescribeStatementResponse> {
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
      const remainingMs = this.#deadline - reserveMs - Date.now();
      if (remainingMs <= 0) return this.#giveUp(Id);
      const WaitTimeSeconds = Math.min(maxWaitSeconds, Math.floor(remainingMs / 1000));
      const description = await this.#describe(Id, WaitTimeSeconds);
      if (hasEnded(description)) return description;
      await sleep(Math.min(pauseMs, remainingMs));
    }
  }

  /** Describes, letting the service wait for the end; without waiting where too many requests wait already. */
  async #describe(Id: string, WaitTimeSeconds: number): Promise<DescribeStatementResponse> {
    return this.#call(async () => {
      try {
        return await this.#client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds }));
      } catch (error) {
        if (!isTooManyWaiting(error)) throw error;
        return this.#client.send(new DescribeStatementCommand({ Id }));
      }
    });
  }

  async #giveUp(Id: string): Promise<DescribeStatementResponse> {
    await this.#client.send(new CancelStatementCommand({ Id })).catch(() => undefined);
    const description = await this.#describe(Id, 0);
    if (hasEnded(description)) return description;
    throw new WarehouseBusy(
      'The warehouse did not finish in the time that the function has; the statement was cancelled. Try again later.',
      { details: { statement_id: Id } },
    );
  }

  async #call<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw apiError(error);
    }
  }
}

const hasEnded = ({ Status }: DescribeStatementResponse): boolean =>
  Status === 'FINISHED' || Status === 'FAILED' || Status === 'ABORTED';

function failureOf(
  description: DescribeStatementResponse,
  statements: readonly Statement[],
  statementId: string,
): BatchFailure {
  if (description.Status === 'ABORTED')
    return { statement: null, reason: 'busy', assertion: null, statementId };
  const parts = description.SubStatements ?? [];
  const index = parts.findIndex(({ Status }) => Status === 'FAILED');
  const failed = statements[index];
  const reason = reasonOf(parts[index]?.Error ?? description.Error ?? '', failed?.assertion);
  const assertion = reason === 'assertion' ? (failed?.assertion ?? null) : null;
  return { statement: failed?.label ?? null, reason, assertion, statementId };
}
