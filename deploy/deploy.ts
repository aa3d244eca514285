import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket } from './lib/bucket.ts';
import { DeployError, runCommand, UsageError } from './lib/command.ts';
import { invoke } from './lib/functions.ts';
import { migrate } from './lib/migrate.ts';
import { ensurePool } from './lib/pool.ts';
import { smoke } from './lib/smoke.ts';
import { type Platform, Terraform } from './lib/terraform.ts';
import { deployedRelease, syncRelease } from './mwaa/sync-release.ts';
import { BUILD_FILE, readFile, readManifest } from './release/release.ts';

await runCommand(
  {
    name: 'node deploy/deploy.ts --environment NAME --release SHA --state-bucket NAME --artifact-bucket NAME --smoke-date DATE',
    purpose:
      'Deploys a published release from a checkout of its commit: terraform apply, migrations of the warehouse, DAGs and the\n' +
      'pool they wait for, and a smoke run of one partition. A rollback is the same with an earlier release, from a checkout\n' +
      'of that commit. Everything in it may be repeated. Values of variables that are not committed come from\n' +
      'TERRAFORM_VARIABLES, a JSON object.',
    options: {
      environment: { value: 'NAME', meaning: 'folder below terraform/environments: dev, prod' },
      release: { value: 'SHA', meaning: 'commit that is checked out, and was published' },
      'state-bucket': { value: 'NAME', meaning: "bucket of Terraform's states" },
      'artifact-bucket': { value: 'NAME', meaning: 'bucket of artefacts' },
      'smoke-source': { value: 'ID', meaning: 'source of the smoke run', default: 'call_logs' },
      'smoke-date': { value: 'DATE', meaning: 'a day that source has, YYYY-MM-DD; "none" for no smoke run' },
    },
  },
  async (option) => {
    const environment = option('environment');
    const release = option('release');
    const smokeDate = option('smoke-date');
    if (smokeDate !== 'none' && !/^\d{4}-\d{2}-\d{2}$/.test(smokeDate))
      throw new UsageError(`--smoke-date ${smokeDate} is neither a day nor "none".`);
    const artifacts = new Bucket(option('artifact-bucket'));
    const manifest = await readManifest(artifacts, release);
    const terraform = new Terraform(environment);
    terraform.initialise(option('state-bucket'));
    const before = terraform.platform();
    tell('previous', before && (await deployedRelease(new Bucket(before.airflow_bucket))));

    const folder = mkdtempSync(join(tmpdir(), 'release-'));
    try {
      const file = join(folder, BUILD_FILE);
      writeFileSync(file, await readFile(artifacts, manifest, BUILD_FILE));
      terraform.apply({ release, artifactBucket: artifacts.name, manifest: file });
    } finally {
      rmSync(folder, { recursive: true });
    }
    const platform = terraform.platform();
    if (platform === undefined) throw new DeployError('Terraform has no output `platform`.');
    await bringUp(platform, artifacts, release);
    if (smokeDate !== 'none') {
      const partition = { source: option('smoke-source'), date: smokeDate, hour: null };
      for (const line of await smoke(invoke, prefixOf(platform), partition)) done(line);
    }
    done(`${environment} runs ${release}`);
  },
);

/** Tables before the DAGs that write them; migrations only ever add, so the old DAGs go on meanwhile. */
async function bringUp(platform: Platform, artifacts: Bucket, release: string): Promise<void> {
  done(await migrate(invoke, prefixOf(platform)));
  const { written, removed } = await syncRelease(artifacts, new Bucket(platform.airflow_bucket), release);
  done(`MWAA has the DAGs of ${release}: ${written} objects written, ${removed} removed`);
  done(ensurePool(platform.airflow_environment));
}

function prefixOf({ name_prefix }: Platform): string {
  return `${name_prefix}-`;
}

function done(what: string): void {
  console.log(`✔ ${what}`);
}

/** For the next step of a workflow, which may have to go back. */
function tell(name: string, value: string | undefined): void {
  const file = process.env['GITHUB_OUTPUT'];
  if (file !== undefined && value !== undefined) appendFileSync(file, `${name}=${value}\n`);
}
