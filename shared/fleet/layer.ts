import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { reproducibleZip, writeArchive } from './zip.ts';

/** Packages of the layer: the API and the native library for the platform that it is built on. */
const packages = (): string[] => [
  'node-api',
  'node-bindings',
  `node-bindings-${process.platform}-${process.arch}`,
];

/**
 * Makes `dist/layers/duckdb.zip` from the installed packages, laid out as Lambda wants a Node layer. Skipped while the
 * versions are those it was made from, since compressing the native library takes seconds.
 */
export async function buildDuckdbLayer(repository: string): Promise<string> {
  const modules = join(repository, 'node_modules', '@duckdb');
  const folder = join(repository, 'dist', 'layers');
  const path = join(folder, 'duckdb.zip');
  const stampPath = `${path}.versions`;
  const versions = await Promise.all(packages().map((name) => versionOf(join(modules, name))));
  const stamp = `${process.platform}-${process.arch} ${versions.join(' ')}`;
  if (existsSync(path) && (await readFile(stampPath, 'utf8').catch(() => '')) === stamp) return path;

  const files = new Map<string, Uint8Array>();
  for (const name of packages()) {
    const root = join(modules, name);
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || /\.(d\.ts|map|md|ts)$/.test(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(`nodejs/node_modules/@duckdb/${name}/${relative(root, file)}`, await readFile(file));
    }
  }
  await mkdir(folder, { recursive: true });
  await writeArchive(path, reproducibleZip(files));
  await writeFile(stampPath, stamp);
  return path;
}

async function versionOf(folder: string): Promise<string> {
  const manifest: { name: string; version: string } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  return `${manifest.name}@${manifest.version}`;
}
