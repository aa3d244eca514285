import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildFleet, type Release } from './build.ts';
import type { FunctionDeclaration } from './declaration.ts';

/** Everything that goes into a bundle. */
const inputs = ['functions', 'shared', 'package-lock.json'];

/** Makes all archives, unless those in `dist/` were made from just these files; says whether it made them. */
export async function buildIfChanged(
  repository: string,
  fleet: readonly FunctionDeclaration[],
): Promise<boolean> {
  const layer = join(repository, 'dist', 'layers', 'duckdb.zip');
  const archives = fleet.map(({ name }) => join(repository, 'dist', 'functions', `${name}.zip`));
  const stamp = await readFile(stampOf(repository), 'utf8').catch(() => '');
  if (stamp === (await digestOf(repository)) && [...archives, layer].every(existsSync)) return false;
  await buildAndStamp(repository, fleet);
  return true;
}

/** Makes all archives, and remembers what from. */
export async function buildAndStamp(
  repository: string,
  fleet: readonly FunctionDeclaration[],
): Promise<Release> {
  const digest = await digestOf(repository);
  const release = await buildFleet(repository, fleet);
  await writeFile(stampOf(repository), digest);
  return release;
}

const stampOf = (repository: string): string => join(repository, 'dist', 'functions.digest');

async function digestOf(repository: string): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const path = join(repository, input);
    for (const file of input.includes('.') ? [path] : await filesIn(path))
      hash
        .update(file.slice(repository.length))
        .update('\0')
        .update(await readFile(file));
  }
  return hash.digest('hex');
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
