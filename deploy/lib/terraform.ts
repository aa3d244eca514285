import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeployError, UsageError } from './command.ts';

const ENVIRONMENTS = join(import.meta.dirname, '..', '..', 'terraform', 'environments');

/** Of a release, what Terraform is told; `manifest` is the path of its release.json. */
export interface Release {
  readonly release: string;
  readonly artifactBucket: string;
  readonly manifest: string;
}

/** Names that Terraform gave, of its output `platform`. */
export interface Platform {
  readonly name_prefix: string;
  readonly airflow_bucket: string;
  readonly airflow_environment: string;
}

/** Terraform for one environment, with its state in `stateBucket`. Everything it says is shown as it says it. */
export class Terraform {
  readonly #folder: string;

  constructor(environment: string, folder = ENVIRONMENTS) {
    if (!/^[a-z]{2,10}$/.test(environment)) throw new UsageError(`"${environment}" is no environment.`);
    this.#folder = join(folder, environment);
  }

  /**
   * Prepares the folder. `TERRAFORM_VARIABLES`, a JSON object, becomes the values of variables that are not committed.
   */
  initialise(stateBucket: string, variables = process.env['TERRAFORM_VARIABLES'] ?? ''): void {
    if (variables !== '') {
      checkJson(variables);
      writeFileSync(join(this.#folder, 'delivery.auto.tfvars.json'), variables, { mode: 0o600 });
    }
    this.#run(['init', '-input=false', '-no-color', `-backend-config=bucket=${stateBucket}`]);
  }

  /** Shows what would change; takes no lock, so that a role that can only read may do it. */
  plan(release: Release): void {
    this.#run(['plan', '-input=false', '-no-color', '-lock=false', ...variablesOf(release)]);
  }

  apply(release: Release): void {
    this.#run([
      'apply',
      '-input=false',
      '-no-color',
      '-auto-approve',
      '-lock-timeout=10m',
      ...variablesOf(release),
    ]);
  }

  /** The output `platform`; undefined before the first apply. */
  platform(): Platform | undefined {
    const { status, stdout } = spawnSync('terraform', [`-chdir=${this.#folder}`, 'output', '-json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new DeployError('terraform output failed; what it said stands above.');
    const outputs: { platform?: { value: Platform } } = JSON.parse(stdout);
    return outputs.platform?.value;
  }

  #run(args: readonly string[]): void {
    const { status, error } = spawnSync('terraform', [`-chdir=${this.#folder}`, ...args], {
      stdio: 'inherit',
    });
    if (error !== undefined) throw new DeployError(`terraform could not be started: ${error.message}`);
    if (status !== 0) throw new DeployError(`terraform ${args[0]} failed; what it said stands above.`);
  }
}

const variablesOf = ({ release, artifactBucket, manifest }: Release): string[] => [
  `-var=release=${release}`,
  `-var=artifact_bucket=${artifactBucket}`,
  `-var=release_manifest=${manifest}`,
];

function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new UsageError('TERRAFORM_VARIABLES is no JSON.');
  }
}
