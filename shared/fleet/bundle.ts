import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FunctionDeclaration } from './declaration.ts';
import { reproducibleZip, writeArchive } from './zip.ts';

export interface Bundle {
  readonly name: string;
  /** Path of the ZIP */
  readonly path: string;
  /** Bytes of the bundled code, before compression */
  readonly codeBytes: number;
  /** Files of the repository and of packages that went into it */
  readonly inputs: readonly string[];
}

/**
 * Bundles one function into `dist/functions/<name>.zip`. CommonJS, since the runtime looks layers up for `require`
 * only; native modules stay outside, in their layer.
 */
export async function bundleFunction(repository: string, { name }: FunctionDeclaration): Promise<Bundle> {
  const result = await build({
    entryPoints: [join(repository, 'functions', name, 'handler.ts')],
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
    logLevel: 'warning',
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`${name}: nothing was bundled`);
  const folder = join(repository, 'dist', 'functions');
  const path = join(folder, `${name}.zip`);
  await mkdir(folder, { recursive: true });
  await writeArchive(path, reproducibleZip(new Map([['index.js', output.contents]])));
  return { name, path, codeBytes: output.contents.length, inputs: Object.keys(result.metafile.inputs) };
}
