import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';

import { type Unzipped, unzip } from 'fflate';

import type { LocalFunction } from './fleet-file.ts';

/** Where a function's code and its layers were unpacked. */
export interface Artifacts {
  readonly taskRoot: string;
  /** What NODE_PATH says on Lambda: the layers' modules. */
  readonly nodePath: string;
}

/**
 * Unpacks what `npm run build` made (`<dist>/functions/<name>.zip`, `<dist>/layers/<layer>.zip`) below `target`,
 * which must lie outside the repository: inside it Node would find modules that a function does not bring along.
 * Answers the function's own place when asked; a function whose zip is missing fails when it is first invoked.
 */
export async function unpackArtifacts(
  functions: readonly LocalFunction[],
  dist: string,
  target: string,
): Promise<(name: string) => Artifacts> {
  const layers = new Set(functions.flatMap((declared) => declared.layers));
  const missing = new Set<string>();
  const unpackOne = async (zip: string, folder: string) => {
    if (existsSync(zip)) await unpack(zip, folder);
    else missing.add(zip);
  };
  const functionZip = (name: string) => join(dist, 'functions', `${name}.zip`);
  const layerZip = (name: string) => join(dist, 'layers', `${name}.zip`);
  await Promise.all([
    ...functions.map(({ name }) => unpackOne(functionZip(name), join(target, 'functions', name))),
    ...[...layers].map((name) => unpackOne(layerZip(name), join(target, 'layers', name))),
  ]);
  const byName = new Map(functions.map((declared) => [declared.name, declared]));
  return (name) => {
    const declared = byName.get(name);
    const needed = [functionZip(name), ...(declared?.layers ?? []).map(layerZip)];
    const absent = needed.find((zip) => missing.has(zip));
    if (absent !== undefined) throw new Error(`${absent} does not exist. Make it with: npm run build`);
    return {
      taskRoot: join(target, 'functions', name),
      nodePath: (declared?.layers ?? [])
        .map((layer) => join(target, 'layers', layer, 'nodejs', 'node_modules'))
        .join(':'),
    };
  };
}

async function unpack(zip: string, folder: string): Promise<void> {
  const entries = await unzipped(await readFile(zip), zip);
  for (const [name, content] of Object.entries(entries)) {
    if (name.endsWith('/')) continue;
    const path = normalize(join(folder, name));
    if (!path.startsWith(folder + sep)) throw new Error(`${zip} holds a path outside itself: ${name}`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

function unzipped(archive: Uint8Array, zip: string): Promise<Unzipped> {
  return new Promise((resolve, reject) => {
    unzip(archive, (error, entries) => {
      if (error) reject(new Error(`${zip} is not a readable zip file: ${error.message}`));
      else resolve(entries);
    });
  });
}
