#!/usr/bin/env node
/**
 * Builds the image from the Dockerfile, with this machine's settings of pip and npm (index, proxy, certificates) as
 * build secrets: they are there while packages are installed and in no layer.
 *
 * Needs Node 20 or newer and a Docker client that can build with BuildKit; no package.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { parseConfig } from '../../local/setup/pip-settings.mjs';

const USAGE = `node deploy/image/build.mjs --tag NAME:TAG [options]

  --base-image IMAGE   instead of the Dockerfile's default; pin it by digest: name@sha256:…
  --require-digest     refuse a base image that is not pinned by digest
  --revision SHA       label of the image; the commit of the working tree unless given
  --client PROGRAM     docker client to use (default: docker)
  --network MODE       network of the build steps, as of \`docker build\`
  --push               push the image when it is built`;

const CERTIFICATES = '/run/secrets/build_ca';
const PASSED =
  /^(https?_proxy|no_proxy|all_proxy|npm_config_registry|pip_(index_url|extra_index_url|timeout|default_timeout))$/i;

function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean' },
      tag: { type: 'string' },
      'base-image': { type: 'string' },
      'require-digest': { type: 'boolean' },
      revision: { type: 'string' },
      client: { type: 'string', default: 'docker' },
      network: { type: 'string' },
      push: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(USAGE);
  if (!values.tag) throw new Error(`--tag is missing.\n\n${USAGE}`);
  const base = values['base-image'];
  if (values['require-digest'] && !/@sha256:[0-9a-f]{64}$/.test(base ?? '')) {
    throw new Error(
      `The base image ${base ? `"${base}" ` : ''}is not pinned by digest (name@sha256:…). Look it up with: ` +
        'docker buildx imagetools inspect python:3.12.12-slim-bookworm --format "{{.Manifest.Digest}}"',
    );
  }
  const repository = join(import.meta.dirname, '..', '..');
  const secrets = mkdtempSync(join(tmpdir(), 'build-secrets-'));
  try {
    run(values.client, [
      'build',
      ...secretOptions(secrets, process.env),
      ...(base ? ['--build-arg', `BASE_IMAGE=${base}`] : []),
      '--build-arg',
      `REVISION=${values.revision ?? commitOf(repository)}`,
      ...(values.network ? ['--network', values.network] : []),
      '--tag',
      values.tag,
      repository,
    ]);
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
  if (values.push) run(values.client, ['push', values.tag]);
}

/** Options that hand in what this machine needs to reach its package indexes; none where it needs nothing special. */
export function secretOptions(folder, environment) {
  const pip = pipSettings(environment);
  const lines = Object.entries(environment).filter(([name, value]) => PASSED.test(name) && value);
  for (const name of ['index-url', 'extra-index-url', 'proxy', 'trusted-host']) {
    if (pip[name]) lines.push([`PIP_${name.replaceAll('-', '_').toUpperCase()}`, pip[name]]);
  }
  const certificates = pip.cert ?? environment.SSL_CERT_FILE ?? environment.NODE_EXTRA_CA_CERTS;
  const options = [];
  if (certificates && existsSync(certificates)) {
    options.push('--secret', `id=build_ca,src=${certificates}`);
    for (const name of ['PIP_CERT', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'NPM_CONFIG_CAFILE']) {
      lines.push([name, CERTIFICATES]);
    }
  }
  if (lines.length > 0) {
    const file = join(folder, 'build_environment');
    writeFileSync(file, lines.map(([name, value]) => `${name}=${quote(value)}\n`).join(''), { mode: 0o600 });
    options.push('--secret', `id=build_environment,src=${file}`);
  }
  return options;
}

function pipSettings(environment) {
  try {
    return parseConfig(
      execFileSync('python3', ['-m', 'pip', 'config', 'list'], { env: environment, encoding: 'utf8' }),
    );
  } catch {
    return {}; // Without pip here there is nothing of it to hand in.
  }
}

const quote = (value) => `'${value.replaceAll("'", `'\\''`)}'`;

function commitOf(repository) {
  const { status, stdout } = spawnSync('git', ['-C', repository, 'rev-parse', 'HEAD'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'unknown';
}

function run(program, args) {
  const env = { ...process.env, DOCKER_BUILDKIT: '1' };
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', env });
  if (error) throw new Error(`${program} could not be started: ${error.message}`);
  if (status !== 0) throw new Error(`${program} ${args[0]} failed with exit code ${status}.`);
}

if (process.argv[1] === import.meta.filename) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
