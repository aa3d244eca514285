import type pg from 'pg';

import { WEB_FORMS_SCHEMA } from '../names.ts';
import { type DatabaseAddress, withDatabase } from './server.ts';

/** The role that functions log in as: it can read the complaints schema and nothing else. */
export const READER = 'complaints_reader';

/** The real server ends statements early; a reader that does not set its own limit must notice that here too. */
const STATEMENT_TIMEOUT = '15s';

/** Makes the complaints schema and its reader, or brings the reader's password up to date. */
export async function grantReader(address: DatabaseAddress, password: string): Promise<void> {
  await withDatabase(address, async (client) => {
    const found = await client.query('select from pg_roles where rolname = $1', [READER]);
    const secret = client.escapeLiteral(password);
    await client.query(
      `${found.rowCount === 0 ? 'create' : 'alter'} role ${READER} login noinherit password ${secret};
       alter role ${READER} set statement_timeout = '${STATEMENT_TIMEOUT}';
       alter role ${READER} set default_transaction_read_only = on;
       create schema if not exists ${WEB_FORMS_SCHEMA};
       grant usage on schema ${WEB_FORMS_SCHEMA} to ${READER};
       grant select on all tables in schema ${WEB_FORMS_SCHEMA} to ${READER};
       alter default privileges in schema ${WEB_FORMS_SCHEMA} grant select on tables to ${READER}`,
    );
  });
}

/** `"customer_complaints"."web_form_request_2025_11_20"`, quoted for use in a statement. */
export function tableName(client: pg.Client, table: string): string {
  return `${client.escapeIdentifier(WEB_FORMS_SCHEMA)}.${client.escapeIdentifier(table)}`;
}
