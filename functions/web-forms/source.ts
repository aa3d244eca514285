import { createHash } from 'node:crypto';
import { escapeIdentifier, type Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { frameCsv } from '../../shared/ingest/framing/csv.ts';
import type { Source } from '../../shared/ingest/source.ts';
import type { RecordSpool } from '../../shared/ingest/framing/record-spool.ts';
import { ConfigurationError, SourceNotReady } from '../../shared/runtime/errors.ts';
import { contract } from './contract.ts';
import { inSnapshot, parameterNames, sslModes, type DatabaseSettings } from './database.ts';

/** Name of a day's table; `{date_}` for the pattern. The real names are lower case. */
export const webFormTable = (date: string): string => `web_form_request_${date.replaceAll('-', '_')}`;

export interface WebFormsOptions {
  /** Values of `parameterNames`, in that order. */
  readonly readParameters: (names: readonly string[]) => Promise<readonly string[]>;
  readonly parameterPath: string;
  readonly sslMode: string;
  readonly statementTimeoutMs: number;
}

/** One table a day. A table has no version to ask for, so it is read whole, in order, and known by its content. */
export function webFormsSource(options: WebFormsOptions): Source {
  return {
    async open({ date }) {
      const settings = await readSettings(options);
      const table = webFormTable(date);
      return {
        uri: `postgresql://${settings.schema}/${table}`,
        fingerprint: undefined,
        read: (spool) => inSnapshot(settings, (client) => readTable(client, settings, table, spool)),
      };
    },
  };
}

async function readSettings(options: WebFormsOptions): Promise<DatabaseSettings> {
  const { parameterPath, statementTimeoutMs } = options;
  const names = parameterNames.map((name) => `${parameterPath}/${name}`);
  const [host = '', port = '', database = '', user = '', password = '', schema = ''] =
    await options.readParameters(names);
  if (!/^\d{1,5}$/.test(port))
    throw new ConfigurationError(`the parameter ${parameterPath}/db_port is no port number`);
  const sslMode = sslModes.find((mode) => mode === options.sslMode);
  if (sslMode === undefined)
    throw new ConfigurationError(`DATABASE_SSL_MODE must be one of ${sslModes.join(', ')}`);
  return {
    host,
    port: Number(port),
    database,
    user,
    password,
    schema,
    sslMode,
    statementTimeoutMs,
    parameterPath,
  };
}

async function readTable(
  client: Client,
  { schema, parameterPath }: DatabaseSettings,
  table: string,
  spool: RecordSpool,
) {
  const relation = `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
  const order = await orderOf(client, schema, table, parameterPath);
  const rows = client.query(
    copyTo(`copy (select * from ${relation} ${order}) to stdout (format csv, header)`),
  );
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of rows) {
      hash.update(chunk);
      yield chunk;
    }
  }
  const framed = await frameCsv(hashed(), spool);
  return { framed, fingerprint: `sha256:${hash.digest('hex')}` };
}

/**
 * By key, so that equal content reads equal whatever its place in the table; rows with one key in the order they were
 * inserted, since the last of them wins.
 */
async function orderOf(
  client: Client,
  schema: string,
  table: string,
  parameterPath: string,
): Promise<string> {
  const { rows } = await client.query<{ kind: string; has_key: boolean }>(
    `select c.relkind as kind,
        exists(select from pg_attribute a where a.attrelid = c.oid and a.attname = any($3) and not a.attisdropped) as has_key
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relname = $2`,
    [schema, table, [contract.key]],
  );
  const [relation] = rows;
  if (relation === undefined)
    throw new SourceNotReady(
      `the table ${schema}.${table} does not exist; it may be late, so it will be tried again; ` +
        `if its schema is another, look at ${parameterPath}/table_schema_name`,
    );
  const keys = [
    ...(relation.has_key ? [`${escapeIdentifier(contract.key)} collate "C"`] : []),
    ...(relation.kind === 'r' ? ['ctid'] : []),
  ];
  return keys.length === 0 ? '' : `order by ${keys.join(', ')}`;
}
