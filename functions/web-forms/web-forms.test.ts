import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGuard, type Guard } from '../../local/services/processes/guard.ts';
import { grantReader, READER } from '../../local/services/postgres/access.ts';
import { startPostgres, withDatabase, type PostgresService } from '../../local/services/postgres/server.ts';
import { LakeWorld } from '../../shared/ingest/testing/lake-world.ts';
import {
  ConfigurationError,
  SchemaDrift,
  SourceNotReady,
  SourceUnavailable,
} from '../../shared/runtime/errors.ts';
import { contract } from './contract.ts';
import { parameterNames } from './database.ts';
import { webFormsSource, webFormTable } from './source.ts';

const day = '2025-11-20';
const table = `customer_complaints."${webFormTable(day)}"`;
const columns = contract.columns.map(({ headers }) => headers[0] ?? '');
const password = 'reader-secret-42';

let world: LakeWorld;
let guard: Guard;
let database: PostgresService;
const folder = mkdtempSync(join(tmpdir(), 'web-forms-'));

beforeAll(async () => {
  guard = startGuard();
  [world, database] = await Promise.all([
    LakeWorld.start(),
    startPostgres({
      dataDirectory: join(folder, 'data'),
      adminPassword: 'admin-secret-42',
      startAfresh: false,
      logFile: join(folder, 'postgres.log'),
      temporaryDirectory: folder,
      guard,
    }),
  ]);
  await grantReader(database.address, password);
});
afterAll(async () => {
  await world.stop();
  await database.child.stop();
  await guard.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await world.newLake();
  await run(`drop table if exists ${table}`);
});

const run = (sql: string): Promise<unknown> => withDatabase(database.address, (client) => client.query(sql));

async function makeTable(rows: readonly (readonly (string | null)[])[], names = columns): Promise<void> {
  const literal = (value: string | null): string =>
    value === null ? 'null' : `'${value.replaceAll("'", "''")}'`;
  await run(`create table ${table} (${names.map((name) => `"${name}" text`).join(', ')})`);
  if (rows.length > 0)
    await run(
      `insert into ${table} values ${rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')}`,
    );
}

const row = (id: string, resolved: string | null = '', index = '1'): (string | null)[] => [
  index,
  id,
  'cust-1',
  'Payments',
  '1000',
  'Backlog',
  '2025-03-01 10:00:00',
  resolved,
  day,
];

function ingest(
  overrides: Partial<Record<(typeof parameterNames)[number], string>> = {},
  timeoutMs = 20_000,
) {
  const { host, port, database: name } = database.address;
  const values = {
    db_host: host,
    db_port: String(port),
    db_name: name,
    db_username: READER,
    db_password: password,
    table_schema_name: 'customer_complaints',
    ...overrides,
  };
  const source = webFormsSource({
    readParameters: () => Promise.resolve(parameterNames.map((parameter) => values[parameter])),
    parameterPath: '/coretelecomms/database',
    sslMode: 'disable',
    statementTimeoutMs: timeoutMs,
  });
  return world.ingest(source, day, { contract });
}

describe('a day of web forms', () => {
  it('is read by its quoted names; an empty text and a missing value stay what they are', async () => {
    await makeTable([row('b', null), row('a', ''), row('line\nend', '')]);
    expect(await ingest()).toMatchObject({
      outcome: 'committed',
      rows: { read: 3, loaded: 2, quarantined: 1 },
    });
    const view = await world.view(day, 'web_forms');
    expect(view?.rows).toMatchObject([
      { source_index: '1', request_id: 'a', resolution_date: '' },
      { request_id: 'b', resolution_date: null },
    ]);
    expect(view?.rows[0]?._source_uri).toBe('postgresql://customer_complaints/web_form_request_2025_11_20');
    expect(view?.quarantine).toMatchObject([{ reasons: 'malformed:request_id' }]);
  });

  it('is unchanged when the same rows lie in the table in another order', async () => {
    await makeTable([row('a'), row('b'), row('c')]);
    await ingest();
    await run(`drop table ${table}`);
    await makeTable([row('c'), row('a'), row('b')]);
    expect(await ingest()).toMatchObject({ outcome: 'unchanged' });
    await run(`update ${table} set "resolutionstatus" = 'Resolved' where "request_id" = 'b'`);
    expect(await ingest()).toMatchObject({ outcome: 'committed' });
  });

  it('keeps the row that was inserted last of those with one key', async () => {
    await makeTable([row('a', '2025-04-01 10:00:00', '9'), row('a', '2025-05-01 10:00:00', '1')]);
    await ingest();
    const view = await world.view(day, 'web_forms');
    expect(view?.rows).toMatchObject([{ resolution_date: '2025-05-01 10:00:00' }]);
    expect(view?.quarantine).toMatchObject([{ reasons: 'conflicting_key' }]);
  });
});

describe('no day of web forms', () => {
  it('(no table) may be late', async () => {
    await expect(ingest()).rejects.toThrow(SourceNotReady);
    await expect(ingest()).rejects.toThrow('customer_complaints.web_form_request_2025_11_20 does not exist');
  });

  it('(a column renamed) is drift, even of the key', async () => {
    await makeTable(
      [row('a')],
      columns.map((name) => (name === 'request_id' ? 'requestid' : name)),
    );
    await expect(ingest()).rejects.toThrow(SchemaDrift);
    await expect(ingest()).rejects.toThrow('no column "request_id" (found "requestid")');
  });

  it.each([
    ['a wrong password', { db_password: 'wrong' }, ConfigurationError, '/coretelecomms/database/db_password'],
    ['a wrong user', { db_username: 'nobody' }, ConfigurationError, '/coretelecomms/database/db_username'],
    ['a wrong database', { db_name: 'nowhere' }, ConfigurationError, '/coretelecomms/database/db_name'],
    ['a port that is none', { db_port: 'x' }, ConfigurationError, '/coretelecomms/database/db_port'],
    ['nobody listening', { db_port: '1' }, SourceUnavailable, '/coretelecomms/database/db_host'],
    ['another schema', { table_schema_name: 'elsewhere' }, SourceNotReady, 'elsewhere.web_form'],
  ])('(%s) names the parameter to look at, never its value', async (_what, overrides, error, message) => {
    await makeTable([row('a')]);
    const failure = await ingest(overrides).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(error);
    expect(String(failure)).toContain(message);
    expect(String(failure)).not.toContain(password);
  });

  it('(no permission) says which', async () => {
    await makeTable([row('a')]);
    await run(`revoke select on ${table} from ${READER}`);
    await expect(ingest()).rejects.toThrow(/needs SELECT/);
  });

  it('(too slow) is a time-out of ours, not of the server', async () => {
    await makeTable([row('a')]);
    await withDatabase(database.address, async (client) => {
      await client.query(`begin; lock table ${table} in access exclusive mode`);
      const failure = await ingest({}, 300).catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(SourceUnavailable);
      expect(String(failure)).toContain('longer than 0.3 s');
    });
  });
});
