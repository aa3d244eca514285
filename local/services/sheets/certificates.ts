import { generateKeyPairSync, randomBytes } from 'node:crypto';

import forge from 'node-forge';

/** A certificate authority made for one run, and a server certificate that it signed. All in PEM. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const VALID_DAYS = 30;

/** Makes an authority whose key is forgotten at once, and a certificate for the given host names. */
export function makeCertificates(hosts: readonly string[], now: Date): Certificates {
  const authorityKeys = keyPair();
  const authorityName = [{ name: 'commonName', value: 'CoreTelecoms local stand-ins' }];
  const authority = certificate(authorityName, authorityName, authorityKeys.publicKey, now, [
    { name: 'basicConstraints', critical: true, cA: true },
    { name: 'keyUsage', critical: true, keyCertSign: true },
  ]);
  authority.sign(authorityKeys.privateKey, forge.md.sha256.create());

  const serverKeys = keyPair();
  const serverName = [{ name: 'commonName', value: hosts[0] ?? 'localhost' }];
  const server = certificate(serverName, authorityName, serverKeys.publicKey, now, [
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
  ]);
  server.sign(authorityKeys.privateKey, forge.md.sha256.create());
  return {
    authority: forge.pki.certificateToPem(authority),
    certificate: forge.pki.certificateToPem(server),
    key: forge.pki.privateKeyToPem(serverKeys.privateKey),
  };
}

function certificate(
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  publicKey: forge.pki.rsa.PublicKey,
  now: Date,
  extensions: object[],
): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  made.publicKey = publicKey;
  // A leading zero keeps the number positive, as X.509 demands.
  made.serialNumber = `00${randomBytes(16).toString('hex')}`;
  made.validity.notBefore = new Date(now.getTime() - 86_400_000);
  made.validity.notAfter = new Date(now.getTime() + VALID_DAYS * 86_400_000);
  made.setSubject(subject);
  made.setIssuer(issuer);
  made.setExtensions(extensions);
  return made;
}

/** Node makes the keys: the library's own generator takes seconds. */
function keyPair(): { publicKey: forge.pki.rsa.PublicKey; privateKey: forge.pki.rsa.PrivateKey } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    publicKey: forge.pki.publicKeyFromPem(publicKey),
    privateKey: forge.pki.privateKeyFromPem(privateKey),
  };
}
