import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { violation, type Violation } from '../harness/plan.ts';
import { secretText } from './tags-and-secrets.ts';

const RULE = 'the code is kept as agreed';

interface File {
  readonly path: string;
  readonly text: string;
}

/** What can be seen in the code only: backends, pinned providers, described variables, secrets in files. */
export async function codeProblems(folder: string): Promise<Violation[]> {
  const files = await filesIn(folder);
  return [
    ...files.flatMap(secretsIn),
    ...files
      .filter(({ path }) => path.endsWith('.tf'))
      .flatMap((file) => [...blocksIn(file), ...openedChecks(file)]),
    ...foldersOf(files).flatMap((name) => pinned(name, files)),
    ...backends(files),
    ...(/prevent_destroy = true/.test(files.find(({ path }) => path === 'bootstrap/main.tf')?.text ?? '')
      ? []
      : [
          violation(
            RULE,
            'bootstrap/main.tf',
            'the key of the states can be destroyed, and all states with it',
          ),
        ]),
  ];
}

const OURS = ['bootstrap', 'modules', 'environments'];

async function filesIn(folder: string): Promise<File[]> {
  const entries = await Promise.all(
    OURS.map((name) => readdir(join(folder, name), { recursive: true, withFileTypes: true })),
  );
  const wanted = entries
    .flat()
    .filter((entry) => entry.isFile() && /\.(tf|example|hcl)$/.test(entry.name))
    .filter(
      ({ name, parentPath }) =>
        !/^backend_override|^\.terraform/.test(name) && !parentPath.includes('.terraform'),
    );
  return Promise.all(
    wanted.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(folder, path), text: await readFile(path, 'utf8') };
    }),
  );
}

const foldersOf = (files: readonly File[]): string[] => [
  ...new Set(
    files
      .filter(({ path }) => path.endsWith('.tf') && !path.includes('examples/'))
      .map(({ path }) => path.split('/').slice(0, -1).join('/')),
  ),
];

const literalSecret =
  /^\s*"?([a-z_]*(?:password|secret|token|private_key|access_key|credential)[a-z_]*)"?\s*=\s*"([^"$]+)"/gim;

function secretsIn({ path, text }: File): Violation[] {
  const literals = [...text.matchAll(literalSecret)].filter(
    ([, name = '', value = '']) =>
      !/(_arn|_id|_path|_name|_parameter|_wo_version)$/.test(name) && !/^(arn:|\/)/.test(value),
  );
  return [
    ...(secretText.test(text) ? [violation(RULE, path, 'something looks like a secret')] : []),
    ...literals.map(([, name]) => violation(RULE, path, `${name} is written in clear`)),
  ];
}

/** Variables are typed and described, outputs described. */
function blocksIn({ path, text }: File): Violation[] {
  return [...text.matchAll(/^(variable|output) "(\w+)" \{\n([\s\S]*?)^\}/gm)].flatMap(
    ([, kind, name, body = '']) => [
      ...(/^ {2}description\s+= ".{5,}"/m.test(body)
        ? []
        : [violation(RULE, path, `${kind} ${name} is not described`)]),
      ...(kind === 'variable' && !/^ {2}type\s+= /m.test(body)
        ? [violation(RULE, path, `variable ${name} has no type`)]
        : []),
      ...(kind === 'variable' && /^ {2}type\s+= any$/m.test(body)
        ? [violation(RULE, path, `variable ${name} may be anything`)]
        : []),
    ],
  );
}

/** Ways to keep a change from being seen or undone by the next apply. */
const openedChecks = ({ path, text }: File): Violation[] => [
  ...(/ignore_changes/.test(text)
    ? [violation(RULE, path, 'ignore_changes hides what was changed by hand')]
    : []),
  ...(/provisioner "|local-exec|remote-exec/.test(text)
    ? [violation(RULE, path, 'a provisioner runs what no plan shows')]
    : []),
  ...(/checkov:skip|tfsec:ignore|tflint-ignore/.test(text)
    ? [
        violation(
          RULE,
          path,
          'a check is switched off in place; say it in terraform/tests/checkov.yaml with the reason',
        ),
      ]
    : []),
  ...(/skip_(credentials|requesting|metadata)|\binsecure\b/.test(text)
    ? [violation(RULE, path, 'the provider is told to look away')]
    : []),
];

function pinned(folder: string, files: readonly File[]): Violation[] {
  const versions = files.find(({ path }) => path === `${folder}/versions.tf`)?.text ?? '';
  const isPinned =
    /source\s+= "hashicorp\/aws"\s+version = "~> 6\.66"/.test(versions) &&
    /required_version = ">= 1\.11\.0"/.test(versions);
  const sources = files
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .flatMap(({ text }) =>
      [...text.matchAll(/^module "\w+" \{[\s\S]*?^ {2}source\s+= "([^"]+)"/gm)].map(
        ([, source = '']) => source,
      ),
    );
  return [
    ...(isPinned
      ? []
      : [violation(RULE, folder, 'Terraform and the provider are not pinned as everywhere (versions.tf)')]),
    ...sources
      .filter((source) => source !== 'hashicorp/aws' && !/^\.\.?\//.test(source))
      .map((source) => violation(RULE, folder, `${source} is not of this repository`)),
  ];
}

/** States are encrypted and locked, each in its own place. */
function backends(files: readonly File[]): Violation[] {
  const all = files.filter(({ path }) => /(^|\/)backend\.tf(\.example)?$/.test(path));
  const keys = all.map(({ text }) => /key\s+= "([^"]+)"/.exec(text)?.[1]);
  return [
    ...(new Set(keys).size === 3
      ? []
      : [violation(RULE, 'backends', 'bootstrap, dev and prod do not each have a state of their own')]),
    ...all
      .filter(
        ({ text }) =>
          !/backend "s3"/.test(text) || !/use_lockfile\s*= true/.test(text) || !/encrypt\s*= true/.test(text),
      )
      .map(({ path }) => violation(RULE, path, 'the state is not in S3, locked and encrypted')),
  ];
}
