import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import pg from 'pg';

import { LOOPBACK, freePort } from '../ports.ts';
import { type Child, startChild, untilReady } from '../processes/child.ts';
import type { Guard } from '../processes/guard.ts';
import { type Installation, locatePostgres } from './binaries.ts';

export interface PostgresOptions {
  dataDirectory: string;
  adminPassword: string;
  /** True when the password is new, so that an older data directory cannot be opened any more. */
  startAfresh: boolean;
  logFile: string;
  temporaryDirectory: string;
  guard: Guard;
}

export interface PostgresService {
  readonly address: DatabaseAddress;
  readonly child: Child;
}

/** How an administrator of the stand-in reaches it. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

const ADMIN = 'postgres';
const DATABASE = 'postgres';

/** Starts PostgreSQL on a free port of the loopback address, making its data directory when there is none. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresService> {
  const installation = await locatePostgres(options.dataDirectory, options.temporaryDirectory);
  if (options.startAfresh) rmSync(installation.dataDirectory, { recursive: true, force: true });
  if (!existsSync(join(installation.dataDirectory, 'initialised'))) await initialise(installation, options);

  const address: DatabaseAddress = {
    host: LOOPBACK,
    port: await freePort(),
    database: DATABASE,
    user: ADMIN,
    password: options.adminPassword,
  };
  const settings = {
    listen_addresses: LOOPBACK,
    port: address.port,
    unix_socket_directories: '',
    // A copy of files that lie beside it: losing it costs seconds, waiting for the disk would cost them every run.
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '2GB',
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and rows never reach the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  const child = await startChild({
    name: 'PostgreSQL',
    command: installation.postgres,
    args: [
      '-D',
      installation.dataDirectory,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    logFile: options.logFile,
    guard: options.guard,
    stopSignal: 'SIGINT',
    ...(installation.user && { user: installation.user }),
  });
  await untilReady(child, options.logFile, async () => {
    await withDatabase(address, (client) => client.query('select 1'));
    return true;
  });
  return { address, child };
}

/** Opens a connection for the length of `work`. */
export async function withDatabase<T>(
  address: DatabaseAddress,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...address, application_name: 'local platform' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function initialise(
  { initdb, dataDirectory, user }: Installation,
  options: PostgresOptions,
): Promise<void> {
  rmSync(dataDirectory, { recursive: true, force: true });
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const passwordFile = join(dataDirectory, '..', `.initdb-${process.pid}`);
  writeFileSync(passwordFile, `${options.adminPassword}\n`, { mode: 0o600 });
  if (user) for (const path of [dataDirectory, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await promisify(execFile)(
      initdb,
      [
        `--pgdata=${dataDirectory}`,
        `--username=${ADMIN}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      { env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }, ...user },
    );
  } catch (error) {
    rmSync(dataDirectory, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not make its data directory: ${initdbComplaint(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(join(dataDirectory, 'initialised'), '');
}

function initdbComplaint(error: unknown): string {
  const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return output.trim().split('\n').slice(-3).join(' ');
}
