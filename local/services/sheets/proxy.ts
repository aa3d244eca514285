import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';

import { LOOPBACK, close, listen } from '../ports.ts';
import type { ServiceAccount } from '../secrets.ts';
import { type Spreadsheet, googleApi } from './api.ts';
import { makeCertificates } from './certificates.ts';

export interface SheetsOptions {
  serviceAccount: Pick<ServiceAccount, 'client_email' | 'public_key'>;
  sheetId: string;
  /** The certificate authority that clients must trust is written here. */
  authorityFile: string;
  /** What the sheet holds is kept here from run to run, as the bucket and the database keep theirs. */
  contentFile: string;
}

export interface SheetsService {
  /** For `HTTPS_PROXY`. */
  readonly proxy: string;
  /** For `NODE_EXTRA_CA_CERTS`. */
  readonly authorityFile: string;
  /** Replaces what the sheet holds; row 1 is the header. Null takes the whole sheet away. */
  fill(rows: readonly (readonly string[])[] | null): void;
  stop(): Promise<void>;
}

export const AGENTS_TAB = 'agents';
const HOSTS = ['sheets.googleapis.com', 'oauth2.googleapis.com', 'www.googleapis.com'];

/**
 * Starts a proxy that stands in for Google: clients keep Google's addresses and their own key files, and reach this
 * process instead, over TLS. Every other address is refused.
 */
export async function startSheets(options: SheetsOptions): Promise<SheetsService> {
  const certificates = makeCertificates(HOSTS, new Date());
  writeFileSync(options.authorityFile, certificates.authority);
  const spreadsheet: Spreadsheet = {
    id: options.sheetId,
    tab: AGENTS_TAB,
    rows: keptRows(options.contentFile),
  };
  const answer = googleApi(options.serviceAccount, spreadsheet);
  const google = createTlsServer(
    { key: certificates.key, cert: certificates.certificate },
    (request, response) => {
      answer(request, response).catch(() => response.writeHead(500).end());
    },
  );
  google.keepAliveTimeout = 0;
  const googlePort = await listen(google, 0);

  const open = new Set<{ destroy(): void }>();
  const proxy = createProxy((_, response) => void response.writeHead(403).end());
  proxy.on('connect', (request, client, head) => {
    const [host, port] = (request.url ?? '').split(':');
    if (host === undefined || !HOSTS.includes(host) || port !== '443') {
      return void client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    }
    const server = connect(googlePort, LOOPBACK, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      server.write(head);
      server.pipe(client).pipe(server);
    });
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
  });
  const port = await listen(proxy, 0);
  return {
    proxy: `http://${LOOPBACK}:${port}`,
    authorityFile: options.authorityFile,
    fill(rows) {
      spreadsheet.rows = rows;
      writeFileSync(options.contentFile, JSON.stringify(rows));
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await Promise.all([close(proxy), close(google)]);
    },
  };
}

function keptRows(contentFile: string): Spreadsheet['rows'] {
  return existsSync(contentFile) ? JSON.parse(readFileSync(contentFile, 'utf8')) : null;
}
