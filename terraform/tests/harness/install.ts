import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, TERRAFORM } from './workspace.ts';

const folder = join(TERRAFORM, 'tests');

/** Installs what only these checks need (the provider's schema is 480 MB), unless it is there as the lock says. */
export default async function install(): Promise<void> {
  if (isInstalled()) return;
  console.log('… installing the schema of the AWS provider');
  const options = { cwd: folder, env: process.env };
  const outcome = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
  if (!outcome.ok) throw new Error(`npm ci in terraform/tests: ${outcome.text}`);
}

function isInstalled(): boolean {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = packages(join(folder, 'package-lock.json'));
  const there = packages(installed);
  return [...wanted].every(([name, version]) => there.get(name) === version);
}

function packages(file: string): Map<string, string> {
  const lock: { packages: Record<string, { version?: string }> } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(
    Object.entries(lock.packages).flatMap(([name, { version }]): [string, string][] =>
      name === '' || version === undefined ? [] : [[name, version]],
    ),
  );
}
