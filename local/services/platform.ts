import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type AccountClients, accountClients, makeAlerts, makeBuckets, storeParameters } from './account.ts';
import { startAws } from './aws.ts';
import { type Home, homeFolder } from './home.ts';
import { unpackArtifacts } from './lambda/artifacts.ts';
import { readFleetFile } from './lambda/fleet-file.ts';
import { startLambda } from './lambda/invoke-api.ts';
import { markOf, takeHome, writeServicesFile } from './lock.ts';
import { type MailService, startMail } from './mail.ts';
import {
  CREDENTIALS,
  DEFAULT_HOME,
  LAKE_BUCKET,
  REFERENCES,
  REGION,
  REPOSITORY,
  TOPIC_ARN,
} from './names.ts';
import { grantReader } from './postgres/access.ts';
import { type DatabaseAddress, startPostgres } from './postgres/server.ts';
import type { Child } from './processes/child.ts';
import { type Guard, startGuard } from './processes/guard.ts';
import { startRedshift } from './redshift.ts';
import { type Secrets, loadSecrets } from './secrets.ts';
import { type SheetsService, startSheets } from './sheets/proxy.ts';

export interface PlatformOptions {
  /** The folder everything local is kept in; `.local` of the repository unless given. */
  home?: string;
  /** Declarations of the functions; terraform/generated/functions.json unless given. */
  functionsFile?: string;
  /** What `npm run build` made; `dist` unless given. */
  dist?: string;
  /** The Python environment that holds ministack. */
  servicesVenv?: string;
  /** Told, in one sentence, when a service ends by itself. */
  onTrouble?: (sentence: string) => void;
}

export interface Platform {
  readonly home: Home;
  /** Names of the functions that can be invoked. */
  readonly functions: readonly string[];
  readonly endpoints: Endpoints;
  /** For clients (this CLI, Airflow, dbt): addresses, region and stand-in credentials; no secrets. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clients: AccountClients;
  readonly database: DatabaseAddress;
  readonly sheets: SheetsService;
  readonly mail: MailService;
  stop(): Promise<void>;
}

export interface Endpoints {
  readonly aws: string;
  readonly lambda: string;
  readonly redshiftData: string;
}

/** Everything that was started, to be ended in reverse. */
class Shutdown {
  #steps: (() => Promise<void>)[] = [];
  #ended: Promise<void> | undefined;

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** Ends all of it, even where one step fails; the first failure is thrown at the end. Later calls join the first. */
  run(): Promise<void> {
    this.#ended ??= this.#runAll();
    return this.#ended;
  }

  async #runAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.toReversed()) await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}

interface Context {
  readonly home: Home;
  readonly secrets: Secrets;
  readonly guard: Guard;
  readonly temporary: string;
  readonly shutdown: Shutdown;
  readonly watch: (child: Child) => void;
  readonly children: Child[];
}

/**
 * Starts the local stand-ins of everything the platform talks to, and fills in what the company provides: buckets,
 * parameters, the alerts' topic. Data under `home` is kept from run to run.
 *
 * Throws `AlreadyRunning` when services run from the same home. When anything fails, all that was started is ended.
 */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const home = homeFolder(options.home ?? DEFAULT_HOME);
  takeHome(home.servicesFile);
  const shutdown = new Shutdown();
  shutdown.add(async () => rmSync(home.servicesFile, { force: true }));
  try {
    return await start(home, options, shutdown);
  } catch (error) {
    await shutdown.run().catch(() => {});
    throw error;
  }
}

async function start(home: Home, options: PlatformOptions, shutdown: Shutdown): Promise<Platform> {
  for (const folder of [home.logs, home.mailbox]) mkdirSync(folder, { recursive: true });
  const context = prepare(home, shutdown, options);
  const functions = readFleetFile(
    options.functionsFile ?? join(REPOSITORY, 'terraform', 'generated', 'functions.json'),
    REFERENCES,
  );
  const dist = options.dist ?? join(REPOSITORY, 'dist');
  const [{ aws, clients, mail, redshift }, database, sheets, artifactsOf] = await settled([
    startAccount(context, options.servicesVenv ?? join(REPOSITORY, '.local', 'venvs', 'services')),
    startDatabase(context),
    startSheetsProxy(context),
    unpackArtifacts(functions, dist, join(context.temporary, 'lambda')),
  ]);
  await storeParameters(clients, context.secrets, database);
  const cloud = cloudEnvironment(aws, redshift);
  const lambda = await startLambda({
    functions,
    artifactsOf,
    addresses: { ...cloud, HTTPS_PROXY: sheets.proxy, NODE_EXTRA_CA_CERTS: sheets.authorityFile },
    logFolder: home.functionLogs,
    invocationLog: home.invocationLog,
    guard: context.guard,
  });
  shutdown.add(() => lambda.stop());
  const endpoints = { aws, lambda: lambda.endpoint, redshiftData: redshift };
  const environment = {
    ...cloud,
    AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
    ALERTS_TOPIC_ARN: TOPIC_ARN,
    LAKE_BUCKET,
    WAREHOUSE_FILE: home.warehouse,
  };
  writeServicesFile(home.servicesFile, {
    state: 'running',
    owner: markOf('owner', process.pid),
    children: context.children.map((child) => markOf(child.name, child.pid)),
    endpoints: { ...endpoints, postgres: `${database.host}:${database.port}`, googleProxy: sheets.proxy },
    environment,
  });
  return {
    home,
    functions: functions.map(({ name }) => name),
    endpoints,
    environment,
    clients,
    database,
    sheets,
    mail,
    stop: () => shutdown.run(),
  };
}

function prepare(home: Home, shutdown: Shutdown, { onTrouble }: PlatformOptions): Context {
  const guard = startGuard();
  shutdown.add(() => guard.stop());
  const temporary = mkdtempSync(join(tmpdir(), 'coretelecoms-'));
  guard.removeAtEnd(temporary);
  shutdown.add(async () => rmSync(temporary, { recursive: true, force: true }));
  const children: Child[] = [];
  let isStopping = false;
  const watch = (child: Child) => {
    children.push(child);
    shutdown.add(() => {
      isStopping = true;
      return child.stop();
    });
    void child.exited.then(() => {
      if (!isStopping) onTrouble?.(`${child.name} ended by itself; see ${home.logs}.`);
    });
  };
  return { home, secrets: loadSecrets(home.secrets), guard, temporary, shutdown, watch, children };
}

async function startAccount(context: Context, venv: string) {
  const { home, guard, temporary, shutdown, watch } = context;
  const aws = await startAws({
    venv,
    dataDirectory: home.lakeStore,
    logFile: join(home.logs, 'aws.log'),
    temporaryDirectory: temporary,
    guard,
  });
  watch(aws.child);
  const clients = accountClients(aws.endpoint);
  shutdown.add(async () => clients.close());
  const [redshift, { queueUrl }] = await settled([
    startRedshift({
      warehouse: home.warehouse,
      s3Endpoint: aws.endpoint,
      env: credentials(),
      logFile: join(home.logs, 'redshift-data.log'),
      temporaryDirectory: temporary,
      guard,
    }),
    makeAlerts(clients),
    makeBuckets(clients),
  ]);
  watch(redshift.child);
  const mail = startMail({ ...clients, topicArn: TOPIC_ARN, queueUrl, mailbox: home.mailbox });
  shutdown.add(() => mail.stop());
  return { aws: aws.endpoint, redshift: redshift.endpoint, clients, mail };
}

async function startDatabase(context: Context): Promise<DatabaseAddress> {
  const { home, secrets, guard, temporary, watch } = context;
  const { address, child } = await startPostgres({
    dataDirectory: home.postgres,
    adminPassword: secrets.databaseAdminPassword,
    startAfresh: secrets.isNew,
    logFile: join(home.logs, 'postgres.log'),
    temporaryDirectory: temporary,
    guard,
  });
  watch(child);
  await grantReader(address, secrets.databaseReaderPassword);
  return address;
}

async function startSheetsProxy({ home, secrets, shutdown }: Context): Promise<SheetsService> {
  const sheets = await startSheets({
    serviceAccount: secrets.serviceAccount,
    sheetId: secrets.sheetId,
    authorityFile: home.certificateAuthority,
  });
  shutdown.add(() => sheets.stop());
  return sheets;
}

/** Like Promise.all, but waits for all of them before it throws: what has started by then can be ended. */
async function settled<T extends readonly unknown[]>(work: readonly [...{ [K in keyof T]: Promise<T[K]> }]) {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function credentials(): Record<string, string> {
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
}

function cloudEnvironment(aws: string, redshift: string): Record<string, string> {
  return {
    ...credentials(),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: aws,
    AWS_ENDPOINT_URL_REDSHIFT_DATA: redshift,
    // A proxy of this machine is not for addresses on this machine.
    NO_PROXY: '127.0.0.1,localhost',
  };
}
