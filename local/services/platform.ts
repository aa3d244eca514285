import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type AccountClients, accountClients, makeAlerts, makeBuckets, storeParameters } from './account.ts';
import { startAws } from './aws.ts';
import { makeDeadLetterQueues } from './dead-letters.ts';
import { type Endpoints, clientEnvironment, cloudEnvironment, credentials } from './environment.ts';
import { type Home, homeFolder } from './home.ts';
import { startFunctionGateway } from './iam/function-gateway.ts';
import { unpackArtifacts } from './lambda/artifacts.ts';
import { readFleetFile } from './lambda/fleet-file.ts';
import { startLambda } from './lambda/invoke-api.ts';
import { markOf, takeHome, writeServicesFile } from './lock.ts';
import { type MailService, startMail } from './mail.ts';
import { DEFAULT_HOME, REFERENCES, REPOSITORY, TOPIC_ARN } from './names.ts';
import { grantReader } from './postgres/access.ts';
import { type DatabaseAddress, startPostgres } from './postgres/server.ts';
import type { Child } from './processes/child.ts';
import { type Guard, startGuard } from './processes/guard.ts';
import { Shutdown, settled } from './processes/shutdown.ts';
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
  const leave = () => rmSync(home.servicesFile, { force: true });
  // A process that ends before it could stop the services leaves them to the watchdog; the file must not stay either.
  process.once('exit', leave);
  shutdown.add(async () => {
    process.removeListener('exit', leave);
    leave();
  });
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
  const gateway = await startFunctionGateway({
    functions,
    endpoints: { aws, redshiftData: redshift },
    recordFile: home.apiCalls,
    ...(options.onTrouble && { onRefusal: options.onTrouble }),
  });
  shutdown.add(() => gateway.stop());
  const onDeadLetter = await makeDeadLetterQueues(
    clients,
    functions.map(({ name }) => name),
  );
  const lambda = await startLambda({
    functions,
    artifactsOf,
    addresses: {
      ...cloudEnvironment({ aws: gateway.endpoint, redshiftData: gateway.endpoint }),
      HTTPS_PROXY: sheets.proxy,
      NODE_EXTRA_CA_CERTS: sheets.authorityFile,
    },
    logFolder: home.functionLogs,
    invocationLog: home.invocationLog,
    onDeadLetter,
    guard: context.guard,
  });
  shutdown.add(() => lambda.stop());
  const endpoints = { aws, lambda: lambda.endpoint, redshiftData: redshift };
  const environment = clientEnvironment(endpoints, home.warehouse);
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
    contentFile: home.sheet,
  });
  shutdown.add(() => sheets.stop());
  return sheets;
}
