import { Client, DatabaseError } from 'pg';
import {
  ConfigurationError,
  PlatformError,
  SourceNotReady,
  SourceUnavailable,
} from '../../shared/runtime/errors.ts';

/** Parameters of the source database, under `/coretelecomms/database/`. */
export const parameterNames = [
  'db_host',
  'db_port',
  'db_name',
  'db_username',
  'db_password',
  'table_schema_name',
] as const;

export interface DatabaseSettings {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly schema: string;
  readonly sslMode: SslMode;
  /** Of the read as a whole, in milliseconds; the server's own limit is too short for it. */
  readonly statementTimeoutMs: number;
  /** Path of the parameters, for messages. */
  readonly parameterPath: string;
}

export const sslModes = ['disable', 'require', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

/** Runs `work` in one read-only snapshot of the database; its errors become named ones. */
export async function inSnapshot<Result>(
  settings: DatabaseSettings,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const { host, port, database, user, password, sslMode } = settings;
  const client = new Client({
    host,
    port,
    database,
    user,
    password,
    ssl: sslMode === 'disable' ? false : { rejectUnauthorized: sslMode === 'verify-full' },
    connectionTimeoutMillis: 10_000,
    application_name: 'coretelecoms-web-forms',
  });
  // Without a listener a connection lost between two statements would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query(`set local statement_timeout = ${settings.statementTimeoutMs}`);
    await client.query('set local synchronize_seqscans = off');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    throw databaseFailure(error, settings);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** PostgreSQL's own messages may quote values, so only their code is looked at. */
function databaseFailure(error: unknown, { parameterPath, statementTimeoutMs }: DatabaseSettings): Error {
  if (error instanceof PlatformError) return error;
  const code =
    error instanceof DatabaseError || (error instanceof Error && 'code' in error) ? String(error.code) : '';
  const look = (parameter: (typeof parameterNames)[number]): string => `${parameterPath}/${parameter}`;
  switch (code) {
    case '28P01':
    case '28000':
      return new ConfigurationError(
        `the source database refuses the login (${code}); look at ${look('db_username')} and ${look('db_password')}`,
      );
    case '3D000':
      return new ConfigurationError(`there is no such database (${code}); look at ${look('db_name')}`);
    case '42501':
      return new ConfigurationError(
        `the login may not read the table (${code}); the user of ${look('db_username')} needs SELECT on the schema of ${look('table_schema_name')}`,
      );
    case '42P01':
    case '3F000':
      return new SourceNotReady(
        `the table or its schema is not there (${code}); it may be late, so it will be tried again; look at ${look('table_schema_name')}`,
      );
    case '57014':
      return new SourceUnavailable(
        `the source database took longer than ${statementTimeoutMs / 1000} s (statement timeout, 57014); it will be tried again`,
      );
    default:
      return new SourceUnavailable(
        `the source database is out of reach (${code || 'connection lost'}); it will be tried again; look at ${look('db_host')} and ${look('db_port')}`,
      );
  }
}
