import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildFleet } from './build.ts';
import type { FunctionDeclaration } from './declaration.ts';

/** Everything that goes into a bundle. */
const inputs = ['functions', 'shared', 'package-lock.json'];

/** Makes all archives, unless those in `dist/` were made from just these files; says whether it made them. */
export async function buildIfChanged(
  repository: string,
  fleet: readonly FunctionDeclaration[],
): Promise<boolean> {
  const digest = await digestOf(repository);
  const stampPath = join(repository, 'dist', 'functions.digest');
  const stamp = await readFile(stampPath, 'utf8').catch(() => '');
  const layer = join(repository, 'dist', 'layers', 'duckdb.zip');
  const archives = fleet.map(({ name }) => join(repository, 'dist', 'functions', `${name}.zip`));
  if (stamp === digest && [...archives, layer].every(existsSync)) return false;
  await buildFleet(repository, fleet);
  await mkdir(join(repository, 'dist'), { recursive: true });
  await writeFile(stampPath, digest);
  return true;
}

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
