import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { FunctionDeclaration } from './declaration.ts';
import { reproducibleZip, writeArchive } from './zip.ts';

export interface Bundle {
  readonly name: string;
  /** Path of the ZIP */
  readonly path: string;
  readonly zip: Uint8Array;
  /** Files in the ZIP: `index.js`, and what is loaded only when it is needed. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Files of the repository and of packages that went into it, relative to the repository. */
  readonly inputs: readonly string[];
}

/**
 * Bundles one function into `<dist>/functions/<name>.zip`. CommonJS, since the runtime looks layers up for `require`
 * only; native modules stay outside, in their layer. What is imported dynamically becomes a file of its own beside
 * `index.js`: it costs a cold start nothing.
 */
export async function bundleFunction(
  repository: string,
  { name }: Pick<FunctionDeclaration, 'name'>,
  dist = join(repository, 'dist'),
): Promise<Bundle> {
  const bundled = new Map<string, BundledEntry>();
  const pending = new Map([['index.js', join(repository, 'functions', name, 'handler.ts')]]);
  for (const [file, entry] of pending) {
    const found = await bundleEntry(repository, entry);
    bundled.set(file, found);
    for (const [other, source] of found.lazy) {
      if ((pending.get(other) ?? source) !== source)
        throw new Error(`${name}: two files that are loaded lazily are called ${other}; rename one`);
      pending.set(other, source);
    }
  }
  refuseTwins(name, bundled);
  const files = new Map([...bundled].map(([file, { content }]) => [file, content]));
  const inputs = new Set([...bundled.values()].flatMap(({ read }) => read));
  const zip = reproducibleZip(files);
  const folder = join(dist, 'functions');
  const path = join(folder, `${name}.zip`);
  await mkdir(folder, { recursive: true });
  await writeArchive(path, zip);
  return { name, path, zip, files, inputs: [...inputs].toSorted() };
}

interface BundledEntry {
  readonly content: Uint8Array;
  /** What it imports dynamically: name in the archive, source. */
  readonly lazy: ReadonlyMap<string, string>;
  readonly read: readonly string[];
}

/** A module of ours in two files of an archive would be two modules, with two classes of each error. */
function refuseTwins(name: string, bundled: ReadonlyMap<string, BundledEntry>): void {
  const holders = new Map<string, string>();
  for (const [file, { read }] of bundled)
    for (const input of read.filter((path) => /^(functions|shared)\//.test(path))) {
      const other = holders.get(input);
      if (other !== undefined)
        throw new Error(
          `${name}: ${other} and ${file} both hold ${input}; what is loaded lazily must not import it`,
        );
      holders.set(input, file);
    }
}

async function bundleEntry(repository: string, entry: string): Promise<BundledEntry> {
  const lazy = new Map<string, string>();
  const result = await build({
    entryPoints: [entry],
    absWorkingDir: repository,
    outfile: 'index.js',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: 'none',
    mainFields: ['module', 'main'],
    external: ['@duckdb/*', 'pg-native'],
    // becomes `require`, which finds layers; `import()` would not
    supported: { 'dynamic-import': false },
    plugins: [apart(lazy), withoutUnused],
    logLevel: 'warning',
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`nothing was bundled from ${entry}`);
  return { content: output.contents, lazy, read: Object.keys(result.metafile.inputs) };
}

/** Leaves our own dynamic imports to be bundled apart, as `<name of the file>.js`. */
const apart = (lazy: Map<string, string>): Plugin => ({
  name: 'apart',
  setup: (plugin) => {
    plugin.onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import' || resolveDir.includes('node_modules')) return undefined;
      const source = join(resolveDir, path);
      const file = `${basename(path).replace(/\.ts$/, '')}.js`;
      lazy.set(file, source);
      return { path: `./${file}`, external: true };
    });
  },
});

/** parquetjs can open objects by itself; we hand it the bytes, so it does without a second S3 client. */
const withoutUnused: Plugin = {
  name: 'without-unused',
  setup: (plugin) => {
    plugin.onResolve({ filter: /^@aws-sdk\/client-s3$/ }, ({ path, importer }) =>
      importer.includes('/@dsnp/parquetjs/') ? { path, namespace: 'unused' } : undefined,
    );
    plugin.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};
