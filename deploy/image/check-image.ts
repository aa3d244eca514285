/**
 * Builds the image and runs one day of the small pipeline in it, as its own user and without any network: what it needs
 * is in it. Prints size and times; fails when a partition does not reconcile.
 *
 * DOCKER_CHECK_BASE_IMAGE names the base where the Dockerfile's own cannot be pulled.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkedBase, findEngine } from '../../local/checks/docker-engine.ts';
import { REPOSITORY } from '../../local/services/names.ts';

const TAG = `coretelecoms-check:${process.pid}`;
const DAY = ['start', '--days', '2025-11-20..2025-11-20'];

const engine = findEngine();
if (!engine.found) throw new Error(engine.reason);
const { client } = engine;

/** Standard output of a command; ends this process, showing what it said, where it fails. */
function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status === 0) return stdout;
  console.error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
  process.exit(1);
}

const seconds = (since: number): string => `${Math.round((performance.now() - since) / 1000)} s`;
const inspect = (format: string): string => run(client, 'image', 'inspect', '--format', format, TAG).trim();

const beganAt = performance.now();
run(
  process.execPath,
  join(import.meta.dirname, 'build.mjs'),
  '--tag',
  TAG,
  '--client',
  client,
  '--network',
  'host',
  '--base-image',
  checkedBase(REPOSITORY),
);
try {
  console.log(`built in ${seconds(beganAt)}, ${Math.round(Number(inspect('{{.Size}}')) / 1e6)} MB`);
  if (inspect('{{.Config.User}}') !== '10001:10001')
    throw new Error('The image does not run as its own user.');
  const ranAt = performance.now();
  const output = run(client, 'run', '--rm', '--init', '--network', 'none', TAG, ...DAY);
  const verdict = /^All \d+ partitions reconcile.*$/m.exec(output)?.[0];
  if (verdict === undefined) throw new Error(`The pipeline ended without a verdict:\n${output}`);
  console.log(`ran in ${seconds(ranAt)}: ${verdict}`);
} finally {
  run(client, 'image', 'rm', '--force', TAG);
}
