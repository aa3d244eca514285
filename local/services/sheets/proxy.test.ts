import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { REPOSITORY } from '../names.ts';
import { type SheetsService, startSheets } from './proxy.ts';

const email = 'reader@project.iam.gserviceaccount.com';
const folder = mkdtempSync(join(tmpdir(), 'sheets-'));
const keyPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const keys = keyPair();
const right = { email, key: keys.privateKey, spreadsheetId: 'agents-sheet', range: 'agents!A1:Z' };
let sheets: SheetsService;

beforeAll(async () => {
  sheets = await startSheets({
    serviceAccount: { client_email: email, public_key: keys.publicKey },
    sheetId: 'agents-sheet',
    authorityFile: join(folder, 'ca.pem'),
    contentFile: join(folder, 'sheet.json'),
  });
  sheets.fill([
    ['iD', 'NamE', 'experience', 'state'],
    ['1000', 'Ann', 'Junior', 'Texas'],
    ['007', 'Bea', '', ''],
    ['1001', '', '', 'Ohio'],
    ['', '', '', ''],
  ]);
});

afterAll(async () => {
  await sheets.stop();
  rmSync(folder, { recursive: true });
});

/** NODE_EXTRA_CA_CERTS is read when a process starts: the client is one of its own, as a function is. */
async function ask(...questions: object[]): Promise<unknown[]> {
  const node = join(REPOSITORY, 'node_modules', 'node', 'bin', 'node');
  const script = join(import.meta.dirname, 'testing', 'read-sheet.ts');
  const { stdout } = await promisify(execFile)(node, [script, JSON.stringify(questions)], {
    env: { PATH: '/usr/bin', HTTPS_PROXY: sheets.proxy, NODE_EXTRA_CA_CERTS: sheets.authorityFile },
  });
  return JSON.parse(stdout) as unknown[];
}

it('answers the real client as Google does, errors included', async () => {
  const [whole, numbers, firstTab, wrongSheet, wrongTab, wrongKey, wrongAccount] = await ask(
    right,
    { ...right, range: 'Agents!A2:B', valueRenderOption: 'UNFORMATTED_VALUE' },
    { ...right, range: 'A1:A1' },
    { ...right, spreadsheetId: 'another' },
    { ...right, range: 'customers!A1:Z' },
    { ...right, key: keyPair().privateKey },
    { ...right, email: 'other@project.iam.gserviceaccount.com' },
  );
  // Blank cells at the end of a row and blank rows at the end are left away.
  expect(whole).toEqual([
    ['iD', 'NamE', 'experience', 'state'],
    ['1000', 'Ann', 'Junior', 'Texas'],
    ['007', 'Bea'],
    ['1001', '', '', 'Ohio'],
  ]);
  expect(numbers).toEqual([[1000, 'Ann'], ['007', 'Bea'], [1001]]);
  expect(firstTab).toEqual([['iD']]);
  expect(wrongSheet).toMatchObject({ status: 404, message: 'Requested entity was not found.' });
  expect(wrongTab).toMatchObject({ status: 400, message: 'Unable to parse range: customers!A1:Z' });
  expect(wrongKey).toMatchObject({ status: 400, message: expect.stringContaining('invalid_grant') });
  expect(wrongAccount).toMatchObject({ status: 400, message: expect.stringContaining('invalid_grant') });
});

it('has no sheet when it was taken away', async () => {
  sheets.fill(null);
  expect(await ask(right)).toMatchObject([{ status: 404 }]);
});

it('refuses to be a way to anywhere else', async () => {
  const { port } = new URL(sheets.proxy);
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method: 'CONNECT', path: 'example.com:443' })
      .on('connect', (answer) => resolve(answer.statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});
