import { createHash } from 'node:crypto';
import { sheets } from '@googleapis/sheets';
import { JWT } from 'google-auth-library';
import { frameRows } from '../../shared/ingest/framing/rows.ts';
import type { Source } from '../../shared/ingest/source.ts';
import { ConfigurationError, SourceNotReady, SourceUnavailable } from '../../shared/runtime/errors.ts';

/** Reads parameters of this function, in the order asked for. */
export type ReadParameters = (names: readonly string[]) => Promise<readonly string[]>;

export const parameterNames = ['service_account_key', 'sheet_id'] as const;

/** The first tab of the sheet; the API hands numbers over as numbers and leaves out blank cells at a row's end. */
const range = 'A1:ZZ';

/** The agents' sheet. It has no version to ask for, so it is read whole and known by its content. */
export function agentsSource(readParameters: ReadParameters, parameterPath: string): Source {
  const names = parameterNames.map((name) => `${parameterPath}/${name}`);
  return {
    async open() {
      const [key = '', sheetId = ''] = await readParameters(names);
      const rows = await readSheet(accountOf(key, names[0] ?? ''), sheetId, names);
      const fingerprint = `sha256:${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`;
      return {
        uri: `https://docs.google.com/spreadsheets/d/${sheetId}`,
        fingerprint,
        read: (spool) => Promise.resolve({ framed: frameRows(rows, spool), fingerprint }),
      };
    },
  };
}

interface ServiceAccount {
  readonly email: string;
  readonly privateKey: string;
  readonly keyId: string | undefined;
}

function accountOf(key: string, parameter: string): ServiceAccount {
  try {
    const parsed: { client_email?: string; private_key?: string; private_key_id?: string } = JSON.parse(key);
    const { client_email: email, private_key: privateKey, private_key_id: keyId } = parsed;
    if (email !== undefined && privateKey !== undefined) return { email, privateKey, keyId };
  } catch {
    // The parser's message would quote the key.
  }
  throw new ConfigurationError(
    `the parameter ${parameter} is no service account's key; put the JSON file that Google gave there`,
  );
}

async function readSheet(
  { email, privateKey, keyId }: ServiceAccount,
  sheetId: string,
  [keyParameter = '', idParameter = '']: readonly string[],
): Promise<readonly (readonly unknown[])[]> {
  const auth = new JWT({
    email,
    key: privateKey,
    ...(keyId === undefined ? {} : { keyId }),
    scopes: ['https://www.googleapis.com/auth/spreadsheets.readonly'],
  });
  try {
    const answer = await sheets({ version: 'v4', auth }).spreadsheets.values.get({
      spreadsheetId: sheetId,
      range,
      valueRenderOption: 'UNFORMATTED_VALUE',
    });
    return answer.data.values ?? [];
  } catch (error) {
    throw sheetFailure(error, keyParameter, idParameter);
  }
}

function sheetFailure(error: unknown, keyParameter: string, idParameter: string): Error {
  const status = statusOf(error);
  if (status === 404)
    return new SourceNotReady(
      `Google knows no such sheet; look at the parameter ${idParameter}, and whether the sheet was moved`,
    );
  if (status === 403)
    return new ConfigurationError(
      `the sheet is not shared with the service account of the parameter ${keyParameter}; share it, read-only`,
    );
  if (status === 400 || status === 401 || (status === undefined && isKeyFailure(error)))
    return new ConfigurationError(
      `Google refuses the service account's key; look at the parameter ${keyParameter}, the key may have been revoked`,
    );
  return new SourceUnavailable('Google Sheets did not answer; it will be tried again', { cause: error });
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('status' in error && typeof error.status === 'number') return error.status;
  if ('response' in error && typeof error.response === 'object' && error.response !== null)
    return 'status' in error.response && typeof error.response.status === 'number'
      ? error.response.status
      : undefined;
  return undefined;
}

/** OpenSSL could not use the key at all. */
const isKeyFailure = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_OSSL');
