import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { reproducibleZip, writeArchive } from './zip.ts';

export interface Layer {
  /** Path of the ZIP */
  readonly path: string;
  readonly unzippedBytes: number;
}

/** Packages of the layer: the API and the native library for the platform that it is built on. */
const packages = (): string[] => [
  'node-api',
  'node-bindings',
  `node-bindings-${process.platform}-${process.arch}`,
];

/** Raised when what goes into the layer changes without a package changing. */
const layout = 2;

/**
 * Makes `<dist>/layers/duckdb.zip` from the installed packages, laid out as Lambda wants a Node layer. Skipped while the
 * versions are those it was made from, since compressing the native library takes seconds.
 */
export async function buildDuckdbLayer(repository: string, dist = join(repository, 'dist')): Promise<Layer> {
  const modules = join(repository, 'node_modules', '@duckdb');
  const folder = join(dist, 'layers');
  const path = join(folder, 'duckdb.zip');
  const versions = await Promise.all(packages().map((name) => versionOf(join(modules, name))));
  const madeFrom = `${layout} ${process.platform}-${process.arch} ${versions.join(' ')}`;
  const note = await readNote(path);
  if (existsSync(path) && note?.madeFrom === madeFrom) return { path, unzippedBytes: note.unzippedBytes };

  const files = new Map<string, Uint8Array>();
  for (const name of packages()) {
    const root = join(modules, name);
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || /\.(d\.ts|map|md|ts)$/.test(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(`nodejs/node_modules/@duckdb/${name}/${relative(root, file)}`, await readFile(file));
    }
  }
  const unzippedBytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  await mkdir(folder, { recursive: true });
  await writeArchive(path, reproducibleZip(files));
  await writeFile(noteOf(path), JSON.stringify({ madeFrom, unzippedBytes } satisfies Note));
  return { path, unzippedBytes };
}

/** Lies beside the archive and says what is in it. */
interface Note {
  readonly madeFrom: string;
  readonly unzippedBytes: number;
}

const noteOf = (path: string): string => `${path}.json`;

async function readNote(path: string): Promise<Note | undefined> {
  try {
    const note: Note = JSON.parse(await readFile(noteOf(path), 'utf8'));
    return note;
  } catch {
    return undefined;
  }
}

async function versionOf(folder: string): Promise<string> {
  const manifest: { name: string; version: string } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  return `${manifest.name}@${manifest.version}`;
}
