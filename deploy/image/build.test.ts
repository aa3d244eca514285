import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const BUILD = join(import.meta.dirname, 'build.mjs');
const { secretOptions } = (await import(BUILD)) as {
  secretOptions(folder: string, environment: Record<string, string>): string[];
};

const REPOSITORY = join(import.meta.dirname, '..', '..');
const { LOCKS } = (await import(join(REPOSITORY, 'local', 'setup', 'environments.mjs'))) as {
  LOCKS: Readonly<Record<string, Readonly<Record<string, string>>>>;
};
/** Measuring against pandas, and checks of Terraform, are not done in the image. */
const NOT_IN_THE_IMAGE = ['bench', 'infrastructure'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Without pip on the path only the environment counts. */
const options = (environment: Record<string, string>) =>
  secretOptions(folder, { PATH: folder, ...environment });

it('hands in what this machine needs to reach its indexes, and nothing else of its environment', () => {
  const certificates = join(folder, 'ca.pem');
  writeFileSync(certificates, 'a certificate');
  const given = options({
    PIP_INDEX_URL: "https://user:it's@index.example/simple",
    SSL_CERT_FILE: certificates,
    AWS_SECRET_ACCESS_KEY: 'never',
  });
  expect(given).toEqual([
    '--secret',
    `id=build_ca,src=${certificates}`,
    '--secret',
    `id=build_environment,src=${join(folder, 'build_environment')}`,
  ]);
  const text = readFileSync(join(folder, 'build_environment'), 'utf8');
  expect(text).not.toContain('never');
  const shell = `. ${join(folder, 'build_environment')}; printf '%s|%s' "$PIP_INDEX_URL" "$PIP_CERT"`;
  expect(execFileSync('/bin/sh', ['-c', shell], { encoding: 'utf8' })).toBe(
    "https://user:it's@index.example/simple|/run/secrets/build_ca",
  );
});

it('hands in nothing where nothing is set', () => {
  expect(options({})).toEqual([]);
});

it.each(['python:3.12-slim', '', `python@sha256:${'a'.repeat(63)}`])(
  'refuses the base image "%s" where a digest is demanded',
  (base) => {
    const args = [BUILD, '--tag', 'x:y', '--require-digest', '--base-image', base, '--client', 'false'];
    expect(() => execFileSync(process.execPath, args, { stdio: 'pipe' })).toThrow(/is not pinned by digest/);
  },
);

it('the Dockerfile copies every lock that is installed in the image, before the code', () => {
  const dockerfile = readFileSync(join(REPOSITORY, 'Dockerfile'), 'utf8');
  const early = dockerfile.slice(0, dockerfile.indexOf('COPY . .'));
  const wanted = Object.entries(LOCKS).filter(([name]) => !NOT_IN_THE_IMAGE.includes(name));
  const missing = wanted.flatMap(([, locks]) => Object.values(locks)).filter((lock) => !early.includes(lock));
  expect(missing).toEqual([]);
});
