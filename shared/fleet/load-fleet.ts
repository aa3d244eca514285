import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionDeclaration } from './declaration.ts';

/** The declarations of all functions under `functions/`, by name. A folder with a `function.ts` is a function. */
export async function loadFleet(repository: string): Promise<readonly FunctionDeclaration[]> {
  const folder = join(repository, 'functions');
  const names = (await readdir(folder))
    .filter((name) => existsSync(join(folder, name, 'function.ts')))
    .toSorted();
  return Promise.all(names.map((name) => loadDeclaration(folder, name)));
}

async function loadDeclaration(folder: string, name: string): Promise<FunctionDeclaration> {
  const path = join(folder, name, 'function.ts');
  const module: { default?: FunctionDeclaration } = await import(pathToFileURL(path).href);
  const declaration = module.default;
  if (declaration === undefined) throw new Error(`functions/${name}/function.ts has no default export`);
  if (declaration.name !== name)
    throw new Error(
      `functions/${name}/function.ts declares the name ${declaration.name}; it must be ${name}`,
    );
  return declaration;
}
