import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { bundleFunction, type Bundle } from './bundle.ts';
import { bundleProblems, codeBytes, layerBudget } from './bundle-problems.ts';
import type { FunctionDeclaration } from './declaration.ts';
import { buildDuckdbLayer, type Layer } from './layer.ts';

/** What `dist/release.json` says of the archives; Terraform and the publisher read it. */
export interface Release {
  readonly functions: Readonly<Record<string, ReleasedFunction>>;
  readonly layers: Readonly<Record<string, ReleasedLayer>>;
}

interface Archive {
  /** Relative to `dist/`. */
  readonly file: string;
  /** As Lambda's `CodeSha256`: of the ZIP. */
  readonly sha256_base64: string;
}

interface ReleasedFunction extends Archive {
  /** Of `index.js` */
  readonly code_bytes: number;
  readonly zip_bytes: number;
}

interface ReleasedLayer extends Archive {
  readonly unzipped_bytes: number;
}

/** A build that must not be deployed; the message has a line for each reason. */
export class BuildRefused extends Error {
  override name = 'BuildRefused';
}

/** Lambda runs on it, so only what was built on it may be released. */
const releasePlatform = 'linux-x64';

/**
 * Makes all archives and `release.json` in `dist`. The same input gives the same bytes. Throws `BuildRefused` when an
 * archive is over its budget or holds what must not be deployed. On another platform than Lambda's there is no
 * `release.json`, since the layer holds that platform's library.
 */
export async function buildFleet(
  repository: string,
  fleet: readonly FunctionDeclaration[],
  dist = join(repository, 'dist'),
): Promise<Release> {
  const [layer, ...bundles] = await Promise.all([
    buildDuckdbLayer(repository, dist),
    ...fleet.map((declaration) => bundleFunction(repository, declaration, dist)),
  ]);
  refuse([...bundles.flatMap((bundle) => bundleProblems(repository, bundle)), ...layerProblems(layer)]);
  const release = await describe(dist, bundles, layer);
  const path = join(dist, 'release.json');
  if (`${process.platform}-${process.arch}` === releasePlatform)
    await writeFile(path, `${JSON.stringify(release, null, 2)}\n`);
  else await rm(path, { force: true });
  return release;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new BuildRefused(problems.join('\n'));
}

export const layerProblems = ({ unzippedBytes }: Pick<Layer, 'unzippedBytes'>): string[] =>
  unzippedBytes <= layerBudget
    ? []
    : [`layer duckdb: it has ${unzippedBytes} bytes unpacked, ${layerBudget} are allowed`];

async function describe(dist: string, bundles: readonly Bundle[], layer: Layer): Promise<Release> {
  const released = bundles.map((bundle): [string, ReleasedFunction] => [
    bundle.name,
    {
      file: relative(dist, bundle.path),
      sha256_base64: sha256(bundle.zip),
      code_bytes: codeBytes(bundle),
      zip_bytes: bundle.zip.length,
    },
  ]);
  const duckdb: ReleasedLayer = {
    file: relative(dist, layer.path),
    sha256_base64: sha256(await readFile(layer.path)),
    unzipped_bytes: layer.unzippedBytes,
  };
  return { functions: Object.fromEntries(released), layers: { duckdb } };
}

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64');
