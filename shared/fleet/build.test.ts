import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../../local/services/names.ts';
import { layerProblems } from './build.ts';
import { bundleFunction, type Bundle } from './bundle.ts';
import { bundleProblems } from './bundle-problems.ts';

const folder = mkdtempSync(join(tmpdir(), 'build-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Bundles a function in a copy of the repository, on a clock of another zone. */
async function bundleElsewhere(copy: string, zone: string, name: string): Promise<Buffer> {
  const repository = join(folder, copy, 'a repository');
  for (const part of ['functions', 'shared', 'package.json', 'package-lock.json', 'tsconfig.json'])
    await cp(join(REPOSITORY, part), join(repository, part), { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(repository, 'node_modules'));
  const script = `import { bundleFunction } from '${join(repository, 'shared/fleet/bundle.ts')}';
    await bundleFunction('${repository}', { name: '${name}' });`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TZ: zone },
  });
  return readFileSync(join(repository, 'dist', 'functions', `${name}.zip`));
}

describe('a bundle', () => {
  it('has the same bytes wherever and whenever it is made', async () => {
    const first = await bundleElsewhere('one', 'Pacific/Kiritimati', 'agents');
    const second = await bundleElsewhere('another', 'America/Los_Angeles', 'agents');
    expect(first.equals(second)).toBe(true);
    expect(first.length).toBeGreaterThan(100_000);
  });

  it('leaves apart what is loaded when it is needed', async () => {
    const bundle = await bundleFunction(REPOSITORY, { name: 'sms' }, folder);
    expect([...bundle.files.keys()]).toEqual(['index.js', 'parquet-footer.js']);
    expect(bundle.inputs).toContain('functions/sms/handler.ts');
    expect(bundle.inputs.filter((input) => input.includes('aws-cdk-lib'))).toEqual([]);
    expect(bundleProblems(REPOSITORY, bundle)).toEqual([]);
  });
});

describe('what is loaded lazily', () => {
  const bundle = (name: string, lazy: string): Promise<Bundle> => {
    const repository = join(folder, name);
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(repository, path)), { recursive: true });
      writeFileSync(join(repository, path), text);
    };
    write(
      'functions/f/handler.ts',
      "import '../../shared/errors.ts'; export const handler = () => import('./lazy.ts');",
    );
    write('functions/f/lazy.ts', lazy);
    write('functions/f/deep/lazy.ts', '');
    write('shared/errors.ts', 'export class Trouble extends Error {}');
    return bundleFunction(repository, { name: 'f' });
  };

  it('is a file of its own', async () => {
    expect([...(await bundle('apart', 'export const a = 1;')).files.keys()]).toEqual(['index.js', 'lazy.js']);
  });

  it('must not bring a second copy of a module', async () => {
    const twin = "import { Trouble } from '../../shared/errors.ts'; throw new Trouble();";
    await expect(bundle('twins', twin)).rejects.toThrow('f: index.js and lazy.js both hold shared/errors.ts');
  });

  it('must have a name of its own', async () => {
    await expect(bundle('names', "export const more = () => import('./deep/lazy.ts');")).rejects.toThrow(
      'two files that are loaded lazily are called lazy.js',
    );
  });
});

describe('a build is refused', () => {
  const small: Bundle = {
    name: 'sms',
    path: '',
    zip: Buffer.of(),
    files: new Map([['index.js', Buffer.from('exports.handler = 1;')]]),
    inputs: [
      'functions/sms/handler.ts',
      'node_modules/@aws-sdk/client-s3/a.js',
      '../elsewhere/node_modules/pg/b.js',
    ],
  };
  const problemsOf = (change: Partial<Bundle>) =>
    bundleProblems(REPOSITORY, { ...small, ...change }).join('\n');

  it('for nothing but a reason', () => {
    expect(problemsOf({})).toBe('');
    expect(layerProblems({ unzippedBytes: 80_000_000 })).toEqual([]);
  });

  it.each<[string, Partial<Bundle>, RegExp]>([
    [
      'code over its budget',
      { files: new Map([['index.js', Buffer.alloc(1_500_001)]]) },
      /^sms: index.js has 1500001 bytes/,
    ],
    [
      'code over the larger budget of agents',
      { name: 'agents', files: new Map([['index.js', Buffer.alloc(2_000_001)]]) },
      /2000000 are allowed/,
    ],
    [
      'the CDK',
      { inputs: ['node_modules/aws-cdk-lib/aws-iam/index.js'] },
      /aws-cdk-lib is a package for development/,
    ],
    [
      'a tool',
      { inputs: ['node_modules/@aws-sdk/client-sns/x.js'] },
      /client-sns is a package for development/,
    ],
    ['a package that is not locked', { inputs: ['node_modules/left-pad/index.js'] }, /left-pad/],
    [
      'a source map',
      {
        files: new Map([
          ['index.js', Buffer.from('1;\n//# sourceMappingURL=data:application/json;base64,e30=')],
        ]),
      },
      /index.js has a source map/,
    ],
    [
      'a source map beside it',
      { files: new Map([['index.js.map', Buffer.from('{}')]]) },
      /index.js.map has a source map/,
    ],
  ])('for %s', (_, change, problem) => {
    expect(problemsOf(change)).toMatch(problem);
  });

  it('for a layer over its budget', () => {
    expect(layerProblems({ unzippedBytes: 80_000_001 })).toEqual([
      'layer duckdb: it has 80000001 bytes unpacked, 80000000 are allowed',
    ]);
  });
});
