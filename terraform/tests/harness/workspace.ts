import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaOfTree } from '../provider/schema-of-tree.ts';
import type { ProviderSchema } from '../provider/schema.ts';

const TESTS = dirname(dirname(fileURLToPath(import.meta.url)));

/** The repository's `terraform` folder. */
export const TERRAFORM = dirname(TESTS);

/** The stand-in of the provider. */
const SERVER = join(TESTS, 'provider', 'server.mjs');

const BINDINGS = join(TESTS, 'node_modules', '@cdktn', 'provider-aws', 'lib');

/** The provider that the bindings are made from. */
const PROVIDER_VERSION = '6.66.0';

export interface Outcome {
  readonly ok: boolean;
  /** What Terraform said, on both outputs. */
  readonly text: string;
  readonly stdout: string;
}

export interface RunOptions {
  /** As before the first apply: whatever AWS decides is unknown. */
  readonly nothingExists?: boolean;
}

/**
 * A copy of the infrastructure's code in which Terraform runs offline: it finds a stand-in of the AWS provider in a
 * mirror of the registry and starts it as it starts the real one. The code itself is unchanged.
 */
export class Workspace {
  /** Folder of the copy; `terraform` and `dist` are in it. */
  readonly root: string;
  readonly schema: ProviderSchema;
  readonly #environment: NodeJS.ProcessEnv;
  /** Folders whose state stays in the copy already. */
  readonly #planned = new Set<string>();
  /** One for plans of an account as it is known, one for plans before the first apply. */
  readonly #standIns = new Map<boolean, Promise<StandIn>>();

  private constructor(root: string, schema: ProviderSchema, environment: NodeJS.ProcessEnv) {
    this.root = root;
    this.schema = schema;
    this.#environment = environment;
  }

  /** @param more Terraform code that is going to be added to the copy: its types are known, too */
  static async create(more: readonly string[] = []): Promise<Workspace> {
    const root = await mkdtemp(join(tmpdir(), 'terraform-'));
    const copy = join(root, 'terraform');
    await cp(TERRAFORM, copy, {
      recursive: true,
      filter: (path) =>
        path !== TESTS &&
        !/\.terraform($|\/)|\.terraform\.lock\.hcl$|\.tfstate|\.tfvars(\.json)?$|bootstrap\/backend\.tf$/.test(
          path,
        ),
    });
    await writeRelease(root);
    const schema = schemaOfTree([...(await readTerraform(copy)), ...more], BINDINGS);
    return new Workspace(root, schema, await installStandIn(root, schema));
  }

  /** Path of a folder below `terraform`. */
  folder(path: string): string {
    return join(this.root, 'terraform', path);
  }

  /** Finds the provider in the mirror, by the version that the code asks for. */
  async init(path: string): Promise<Outcome> {
    return run('terraform', ['init', '-input=false', '-backend=false', '-no-color'], this.#options(path));
  }

  /**
   * Runs a command with a provider that runs already: starting one takes a third of a second, and `terraform test`
   * starts one five times a run.
   */
  async run(
    path: string,
    args: readonly string[],
    { nothingExists = false }: RunOptions = {},
  ): Promise<Outcome> {
    let standIn = this.#standIns.get(nothingExists);
    if (standIn === undefined) {
      standIn = startStandIn({
        ...this.#environment,
        ...(nothingExists && { TERRAFORM_STAND_IN_NOTHING_EXISTS: '1' }),
      });
      this.#standIns.set(nothingExists, standIn);
    }
    const { reattach } = await standIn;
    return run('terraform', [...args, '-no-color'], this.#options(path, { TF_REATTACH_PROVIDERS: reattach }));
  }

  #options(path: string, more: NodeJS.ProcessEnv = {}): ProcessOptions {
    return { cwd: this.folder(path), env: { ...this.#environment, ...more } };
  }

  /**
   * Plans a folder for an account where nothing exists yet, with the example's variables, into `plan.bin`. The state
   * stays in the copy: an override file takes the place of the backend in S3.
   */
  async plan(path: string, options: RunOptions = {}): Promise<Outcome> {
    if (!this.#planned.has(path)) {
      await writeFile(
        join(this.folder(path), 'backend_override.tf'),
        'terraform {\n  backend "local" {}\n}\n',
      );
      const ready = await run('terraform', ['init', '-input=false', '-no-color'], this.#options(path));
      if (!ready.ok) return ready;
      this.#planned.add(path);
    }
    const variables = '-var-file=terraform.tfvars.example';
    return this.run(path, ['plan', '-input=false', '-lock=false', '-out=plan.bin', variables], options);
  }

  async dispose(): Promise<void> {
    for (const standIn of this.#standIns.values()) (await standIn).stop();
    await rm(this.root, { recursive: true, force: true });
  }
}

/** Texts of all Terraform files below a folder. */
export async function readTerraform(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.tf$|\.tftest\.hcl$/.test(entry.name));
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
}

/** A release that holds what functions.json names, as `npm run build` would write it. */
async function writeRelease(root: string): Promise<void> {
  const file = join(root, 'terraform', 'generated', 'functions.json');
  const { functions }: { functions: Record<string, { layers: string[] }> } = JSON.parse(
    await readFile(file, 'utf8'),
  );
  const entry = (path: string) => ({ file: path, sha256_base64: Buffer.from(path).toString('base64') });
  const names = (folder: string, all: readonly string[]) =>
    Object.fromEntries(all.map((name) => [name, entry(`${folder}/${name}.zip`)]));
  const layers = [...new Set(Object.values(functions).flatMap((declared) => declared.layers))];
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(
    join(root, 'dist', 'release.json'),
    JSON.stringify({
      functions: names('functions', Object.keys(functions)),
      layers: names('layers', layers),
    }),
  );
}

async function installStandIn(root: string, schema: ProviderSchema): Promise<NodeJS.ProcessEnv> {
  const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const mirror = join(root, 'mirror');
  const folder = join(mirror, 'registry.terraform.io', 'hashicorp', 'aws', PROVIDER_VERSION, platform);
  await mkdir(folder, { recursive: true });
  const program = join(folder, `terraform-provider-aws_v${PROVIDER_VERSION}`);
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${SERVER}'\n`);
  await chmod(program, 0o755);
  const settings = join(root, 'terraform.rc');
  await writeFile(
    settings,
    `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`,
  );
  const schemaFile = join(root, 'schema.json');
  await writeFile(schemaFile, JSON.stringify(schema));
  return {
    PATH: process.env['PATH'],
    HOME: root,
    TMPDIR: root,
    TF_CLI_CONFIG_FILE: settings,
    TF_DISABLE_PLUGIN_TLS: '1',
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    TERRAFORM_STAND_IN_SCHEMA: schemaFile,
  };
}

interface StandIn {
  /** What Terraform is told instead of starting a provider */
  readonly reattach: string;
  readonly stop: () => void;
}

/** @throws Error when the stand-in ends before it listens */
async function startStandIn(env: NodeJS.ProcessEnv): Promise<StandIn> {
  const server = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await Promise.race([
    once(server.stdout, 'data'),
    once(server, 'exit').then(() => Promise.reject(new Error('the stand-in of the provider did not start'))),
  ]);
  const [, , Network, address] = String(line).split('|');
  const Addr = { Network, String: address };
  const provider = { Protocol: 'grpc', ProtocolVersion: 5, Pid: server.pid, Test: true, Addr };
  return {
    reattach: JSON.stringify({ 'registry.terraform.io/hashicorp/aws': provider }),
    stop: () => server.kill(),
  };
}

interface ProcessOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program to its end; a program that cannot be started is an outcome, too. */
export function run(program: string, args: readonly string[], options: ProcessOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      text += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', (error) => resolve({ ok: false, text: error.message, stdout: '' }));
    child.on('close', (code) => resolve({ ok: code === 0, text, stdout }));
  });
}
