import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseJson, textAt, textsAt } from './json.ts';

/** The secrets of this machine's platform: made once, kept in files only their owner can read, never printed. */
export interface Secrets {
  readonly databaseAdminPassword: string;
  readonly databaseReaderPassword: string;
  readonly keyMaterial: string;
  /** Of the list of erased persons. */
  readonly suppressionKey: string;
  readonly sheetId: string;
  readonly serviceAccount: ServiceAccount;
  /** True when they were made just now: data that was protected by earlier ones is of no use. */
  readonly isNew: boolean;
}

/** The fields of a Google service-account key file that clients use. */
export interface ServiceAccount {
  readonly client_email: string;
  readonly private_key_id: string;
  readonly private_key: string;
  readonly public_key: string;
}

export function loadSecrets(folder: string): Secrets {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const file = join(folder, 'secrets.json');
  const isNew = !existsSync(file);
  if (isNew) writeFileSync(file, JSON.stringify(newSecrets(), null, 2), { mode: 0o600 });
  const stored = textsAt(parseJson(readFileSync(file, 'utf8')), file);
  const read = (name: string) => textAt(stored[name], `${name} in ${file}`);
  return {
    databaseAdminPassword: read('database_admin_password'),
    databaseReaderPassword: read('database_reader_password'),
    keyMaterial: read('key_material'),
    // derived, so that homes from before there was one have it, too
    suppressionKey: createHash('sha256')
      .update(`suppression ${read('key_material')}`)
      .digest('hex'),
    sheetId: read('sheet_id'),
    serviceAccount: {
      client_email: 'cx-platform@coretelecoms-local.iam.gserviceaccount.com',
      private_key_id: read('google_private_key_id'),
      private_key: read('google_private_key'),
      public_key: read('google_public_key'),
    },
    isNew,
  };
}

/** The JSON text that `/coretelecomms/google/service_account_key` holds, in the format of Google's own key files. */
export function serviceAccountKeyFile(account: ServiceAccount): string {
  return JSON.stringify({
    type: 'service_account',
    project_id: 'coretelecoms-local',
    private_key_id: account.private_key_id,
    private_key: account.private_key,
    client_email: account.client_email,
    client_id: '100000000000000000000',
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: 'https://oauth2.googleapis.com/token',
    auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
    universe_domain: 'googleapis.com',
  });
}

function newSecrets(): Record<string, string> {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return {
    database_admin_password: randomBytes(24).toString('base64url'),
    database_reader_password: randomBytes(24).toString('base64url'),
    key_material: randomBytes(32).toString('hex'),
    sheet_id: randomBytes(33).toString('base64url'),
    google_private_key_id: randomBytes(20).toString('hex'),
    google_private_key: pair.privateKey,
    google_public_key: pair.publicKey,
  };
}
