import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from './bundle.ts';

const MB = 1_000_000;

/** Bytes of `index.js`, what a cold start reads: google's client is large. */
const codeBudgets: Readonly<Record<string, number>> = { agents: 2 * MB };
const codeBudget = 1.5 * MB;
/** Bytes of the layer, unpacked. */
export const layerBudget = 80 * MB;

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

/** What must not be deployed, one sentence each: code over its budget, packages for development, source maps. */
export function bundleProblems(repository: string, bundle: Bundle): string[] {
  const { name, files, inputs } = bundle;
  const bytes = codeBytes(bundle);
  const budget = codeBudgets[name] ?? codeBudget;
  const maps = [...files].filter(([file, content]) => file.endsWith('.map') || hasSourceMap(content));
  return [
    ...(bytes <= budget
      ? []
      : [
          `index.js has ${bytes} bytes, ${budget} are allowed; load lazily (import()) what a cold start does not need`,
        ]),
    ...developmentPackages(repository, inputs).map(
      (path) =>
        `${path} is a package for development; a function may only use "dependencies" of package.json`,
    ),
    ...maps.map(([file]) => `${file} has a source map`),
  ].map((problem) => `${name}: ${problem}`);
}

export const codeBytes = ({ files }: Pick<Bundle, 'files'>): number => files.get('index.js')?.length ?? 0;

const hasSourceMap = (content: Uint8Array): boolean =>
  /\/\/# sourceMappingURL=(?!data:,)/.test(Buffer.from(content).subarray(-4096).toString());

/** Folders of packages that the lock says are for development only, or does not know at all. */
function developmentPackages(repository: string, inputs: readonly string[]): string[] {
  const lock: LockFile = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));
  const folders = inputs.flatMap((input) => {
    const [, path = ''] = /(?:^|\/)(node_modules\/.*)$/.exec(input) ?? [];
    return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [];
  });
  return [...new Set(folders)].filter((folder) => {
    const locked = lock.packages[folder];
    return locked === undefined || locked.dev === true || locked.devOptional === true;
  });
}
