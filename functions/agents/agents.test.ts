import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSheets, type SheetsService } from '../../local/services/sheets/proxy.ts';

const email = 'reader@project.iam.gserviceaccount.com';
const keyPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const keys = keyPair();
const accountKey = (privateKey: string): string =>
  JSON.stringify({ client_email: email, private_key: privateKey, private_key_id: 'k1' });

const folder = mkdtempSync(join(tmpdir(), 'agents-test-'));
let sheets: SheetsService;
beforeAll(async () => {
  sheets = await startSheets({
    serviceAccount: { client_email: email, public_key: keys.publicKey },
    sheetId: 'the-sheet',
    authorityFile: join(folder, 'ca.pem'),
    contentFile: join(folder, 'sheet.json'),
  });
  sheets.fill([
    ['iD', 'NamE', 'experience', 'state'],
    ['1000', 'Ann "A" Lee', 'intern', 'Texas'],
    ['', '', '', ''],
    ['1001', 'Bo', '', ''],
  ]);
});
afterAll(async () => {
  await sheets.stop();
  rmSync(folder, { recursive: true });
});

async function read(...attempts: [key: string, sheetId: string][]): Promise<Record<string, unknown>[]> {
  const script = join(import.meta.dirname, 'testing', 'read-agents.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(attempts)], {
    env: { HTTPS_PROXY: sheets.proxy, NODE_EXTRA_CA_CERTS: sheets.authorityFile },
  });
  return JSON.parse(stdout) as Record<string, unknown>[];
}

describe('the agents’ sheet', () => {
  it('is read whole: numbers as text, blank cells at the end, blank rows left out', async () => {
    const [first, second] = await read(
      [accountKey(keys.privateKey), 'the-sheet'],
      [accountKey(keys.privateKey), 'the-sheet'],
    );
    expect(first).toMatchObject({
      headers: ['iD', 'NamE', 'experience', 'state'],
      records: ['1,"1000","Ann ""A"" Lee","intern","Texas"', '2,"1001","Bo","",""'],
      diverted: 0,
    });
    expect(second?.fingerprint).toBe(first?.fingerprint);
  });

  it('that cannot be read names the parameter or permission to look at, never a value', async () => {
    const answers = await read(
      [accountKey(keyPair().privateKey), 'the-sheet'],
      [accountKey('not a key'), 'the-sheet'],
      ['{"half": ', 'the-sheet'],
      [accountKey(keys.privateKey), 'another-sheet'],
    );
    expect(answers.map(({ name }) => name)).toEqual([
      'ConfigurationError',
      'ConfigurationError',
      'ConfigurationError',
      'SourceNotReady',
    ]);
    const messages = answers.map(({ message }) => String(message));
    for (const message of messages.slice(0, 3))
      expect(message).toContain('/coretelecomms/google/service_account_key');
    expect(messages[3]).toContain('/coretelecomms/google/sheet_id');
    expect(messages.join()).not.toMatch(/PRIVATE KEY|another-sheet|not a key/);
  });

  it('out of reach is worth another try', async () => {
    await sheets.stop();
    const [answer] = await read([accountKey(keys.privateKey), 'the-sheet']);
    expect(answer).toMatchObject({ name: 'SourceUnavailable' });
  });
});
