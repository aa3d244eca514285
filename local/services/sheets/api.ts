import { createPublicKey, randomBytes, verify } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

import { type JsonObject, isObject, parseJson } from '../json.ts';
import { cut, parseRange } from './cells.ts';

/** A spreadsheet with one tab. */
export interface Spreadsheet {
  readonly id: string;
  readonly tab: string;
  /** Row 1 is the header; null when there is no such spreadsheet. */
  rows: readonly (readonly string[])[] | null;
}

const TOKEN_ADDRESS = 'https://oauth2.googleapis.com/token';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const READ_SCOPES = ['spreadsheets.readonly', 'spreadsheets', 'drive.readonly', 'drive'].map(
  (scope) => `https://www.googleapis.com/auth/${scope}`,
);
const TOKEN_LIFE_S = 3599;

/**
 * Answers as Google's token endpoint (service accounts only) and as `spreadsheets.values.get` do, errors included.
 * https://developers.google.com/identity/protocols/oauth2/service-account
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values/get
 */
export function googleApi(account: { client_email: string; public_key: string }, spreadsheet: Spreadsheet) {
  const publicKey = createPublicKey(account.public_key);
  const tokens = new Set<string>();

  const grantToken = (form: URLSearchParams, response: ServerResponse) => {
    const claims =
      form.get('grant_type') === JWT_BEARER ? verifiedClaims(form.get('assertion') ?? '', publicKey) : 'bad';
    const now = Date.now() / 1000;
    if (claims === 'bad') return refuseGrant(response, 'Invalid JWT Signature.');
    if (claims['iss'] !== account.client_email) {
      return refuseGrant(response, 'Invalid grant: account not found');
    }
    if (claims['aud'] !== TOKEN_ADDRESS || typeof claims['exp'] !== 'number' || claims['exp'] < now) {
      return refuseGrant(
        response,
        'Invalid JWT: Token must be a short-lived token and in a reasonable timeframe.',
      );
    }
    if (
      !String(claims['scope'])
        .split(' ')
        .some((scope) => READ_SCOPES.includes(scope))
    ) {
      return send(response, 400, {
        error: 'invalid_scope',
        error_description: 'Invalid OAuth scope or ID token audience provided.',
      });
    }
    const token = `ya29.local.${randomBytes(24).toString('base64url')}`;
    tokens.add(token);
    return send(response, 200, { access_token: token, expires_in: TOKEN_LIFE_S, token_type: 'Bearer' });
  };

  const readValues = (id: string, range: string, query: URLSearchParams, response: ServerResponse) => {
    if (id !== spreadsheet.id || !spreadsheet.rows)
      return fail(response, 404, 'NOT_FOUND', 'Requested entity was not found.');
    const wanted = parseRange(range);
    const tab = wanted?.tab ?? spreadsheet.tab;
    if (!wanted || tab.toLowerCase() !== spreadsheet.tab.toLowerCase()) {
      return fail(response, 400, 'INVALID_ARGUMENT', `Unable to parse range: ${range}`);
    }
    const values = cut(
      spreadsheet.rows,
      wanted.from,
      wanted.to,
      query.get('valueRenderOption') === 'UNFORMATTED_VALUE',
    );
    return send(response, 200, { range, majorDimension: 'ROWS', ...(values.length > 0 && { values }) });
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const body = await text(request);
    if (url.hostname === 'oauth2.googleapis.com' && url.pathname === '/token' && request.method === 'POST') {
      return grantToken(new URLSearchParams(body), response);
    }
    if (!tokens.has((request.headers.authorization ?? '').replace(/^Bearer /, ''))) {
      return fail(response, 401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
    }
    const wanted = /^\/v4\/spreadsheets\/([^/]+)\/values\/([^/]+)$/.exec(url.pathname);
    if (wanted?.[1] === undefined || wanted[2] === undefined || request.method !== 'GET') {
      return fail(response, 404, 'NOT_FOUND', 'Requested entity was not found.');
    }
    return readValues(
      decodeURIComponent(wanted[1]),
      decodeURIComponent(wanted[2]),
      url.searchParams,
      response,
    );
  };
}

function verifiedClaims(
  assertion: string,
  publicKey: ReturnType<typeof createPublicKey>,
): JsonObject | 'bad' {
  const [head, claims, signature] = assertion.split('.');
  if (head === undefined || claims === undefined || signature === undefined) return 'bad';
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))) return 'bad';
  const parsed = parseJson(Buffer.from(claims, 'base64url').toString());
  return isObject(parsed) ? parsed : 'bad';
}

function refuseGrant(response: ServerResponse, description: string): void {
  send(response, 400, { error: 'invalid_grant', error_description: description });
}

function fail(response: ServerResponse, code: number, status: string, message: string): void {
  send(response, code, { error: { code, message, status } });
}

function send(response: ServerResponse, status: number, content: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
    .end(JSON.stringify(content));
}
