import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveSources } from '../local/end-to-end/testing/given-sources.ts';
import { startServices } from '../local/end-to-end/testing/functions.ts';
import { makeTestFolder } from '../local/end-to-end/testing/platform-run.ts';
import { ACCOUNT, REPOSITORY } from '../local/services/names.ts';
import type { Platform } from '../local/services/platform.ts';
import { withPrefix } from './testing/named-functions.ts';

const MINUTES = 60_000;
const DAY = '2025-11-20';
const RELEASE = 'a'.repeat(40);
const ARTIFACTS = 'coretelecoms-artifacts';
const AIRFLOW = `coretelecoms-dev-airflow-${ACCOUNT}`;
/** Nothing listens there: whoever wants to leave this machine fails at once. */
const NOWHERE = 'http://127.0.0.1:9';

const folder = makeTestFolder();
const bin = join(folder.root, 'bin');
const dist = join(folder.root, 'dist');
/** A worker's Airflow, as MWAA lays it out. */
const airflowHome = join(folder.root, 'airflow');
let platform: Platform;
let lambda: { endpoint: string; server: Server };

const venv = (name: string): string => join(REPOSITORY, '.local', 'venvs', name, 'bin');

interface Ended {
  readonly code: number;
  readonly output: string;
}

async function run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, {
      cwd: REPOSITORY,
      env,
      maxBuffer: 2 ** 26,
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

/** A script of ours, against the local services and the stand-ins of `terraform` and `aws`. */
const script = (file: string, options: Readonly<Record<string, string>>): Promise<Ended> =>
  run(
    process.execPath,
    [join('deploy', file), ...Object.entries(options).flatMap(([k, v]) => [`--${k}`, v])],
    {
      ...platform.environment,
      AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
      PATH: `${bin}:/usr/bin:/bin`,
      AIRFLOW_BUCKET: AIRFLOW,
      STAND_IN_FOLDER: folder.root,
    },
  );

function program(name: string, text: string): void {
  writeFileSync(join(bin, name), text);
  chmodSync(join(bin, name), 0o755);
}

/** What MWAA gives a container, and nothing of this machine: no home, no settings of pip, no way out. */
const container = (component: string): NodeJS.ProcessEnv => ({
  PATH: `${bin}:/usr/bin:/bin`,
  HOME: join(folder.root, 'empty-home'),
  AIRFLOW_HOME: airflowHome,
  AIRFLOW_ENV_NAME: 'coretelecoms-dev',
  CUSTOMER_ACCOUNT_ID: ACCOUNT,
  MWAA_AIRFLOW_COMPONENT: component,
  // As in MWAA's image: both would spoil another virtual environment.
  PYTHONPATH: join(folder.root, 'not-for-dbt'),
  PIP_USER: 'true',
  AWS_REGION: platform.environment['AWS_REGION'],
  AWS_ACCESS_KEY_ID: platform.environment['AWS_ACCESS_KEY_ID'],
  AWS_SECRET_ACCESS_KEY: platform.environment['AWS_SECRET_ACCESS_KEY'],
  AWS_ENDPOINT_URL: platform.endpoints.aws,
  HTTPS_PROXY: NOWHERE,
  HTTP_PROXY: NOWHERE,
  NO_PROXY: '127.0.0.1',
});

/** Reads the start-up script into a shell, as MWAA does, and then runs a line in that shell. */
const startUp = (component: string, then: string, extra: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  run('/bin/bash', ['-c', `source deploy/mwaa/startup.sh; ${then}`], { ...container(component), ...extra });

beforeAll(async () => {
  const { folder: sources } = await giveSources(folder, `${DAY}..${DAY}`, { defects: 'all' });
  cpSync(join(REPOSITORY, 'dist'), dist, { recursive: true });
  for (const path of [bin, airflowHome, join(folder.root, 'empty-home')])
    mkdirSync(path, { recursive: true });
  // MWAA's python3 has boto3, as Airflow's environment here; nothing else of that environment is on the path.
  program('python3', `#!/bin/sh\nexec "${join(venv('airflow'), 'python')}" "$@"\n`);
  program(
    'terraform',
    `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'testing', 'terraform-stand-in.ts')}" "$@"\n`,
  );
  symlinkSync(join(import.meta.dirname, 'testing', 'aws-stand-in.sh'), join(bin, 'aws'));
  const packaged = await run(
    join(venv('uv'), 'python'),
    ['deploy/mwaa/package.py', '--out', join(dist, 'mwaa')],
    process.env,
  );
  if (packaged.code !== 0) throw new Error(packaged.output);
  platform = await startServices(folder, sources);
  lambda = await withPrefix(platform.endpoints.lambda, 'coretelecoms-dev-');
  for (const Bucket of [ARTIFACTS, AIRFLOW])
    await platform.clients.s3.send(new CreateBucketCommand({ Bucket }));
}, 10 * MINUTES);

afterAll(async () => {
  lambda.server.close();
  await platform.stop();
  folder.remove();
});

describe('a release', () => {
  const deployment = {
    environment: 'dev',
    release: RELEASE,
    'state-bucket': 'coretelecoms-states',
    'artifact-bucket': ARTIFACTS,
    'smoke-date': DAY,
  };

  it('is not deployed before it is published', async () => {
    const { code, output } = await script('deploy.ts', deployment);
    expect(output).toContain(`${RELEASE} is not published`);
    expect(code).toBe(1);
  });

  it('is published once', async () => {
    const options = { bucket: ARTIFACTS, release: RELEASE, dist };
    expect((await script('release/publish.ts', options)).output).toMatch(
      /^✔ release a+: \d+ files published\n$/,
    );
    expect((await script('release/publish.ts', options)).output).toContain('was published already');
  });

  it('is deployed: Terraform, migrations, DAGs, the pool, and one partition whose accounts agree', async () => {
    const { code, output } = await script('deploy.ts', deployment);
    expect(output).toContain('✔ the warehouse has every migration');
    expect(output).toMatch(/✔ MWAA has the DAGs of a+: \d+ objects written, 0 removed/);
    expect(output).toContain('✔ Airflow now has the pool warehouse');
    expect(output).toMatch(/✔ call_logs 2025-11-20 committed: \d+ read = \d+ loaded \+ \d+ put aside/);
    expect(output).toMatch(/✔ call_logs 2025-11-20 a second time: unchanged/);
    expect(output).toContain(`✔ dev runs ${RELEASE}`);
    expect(code).toBe(0);
    const terraform = readFileSync(join(folder.root, 'terraform.log'), 'utf8');
    expect(terraform).toMatch(/^init .*-backend-config=bucket=coretelecoms-states$/m);
    expect(terraform).toMatch(new RegExp(`^apply .*-lock-timeout=10m -var=release=${RELEASE} `, 'm'));
  });

  it('may be deployed again', async () => {
    const { code, output } = await script('deploy.ts', deployment);
    expect(output).toMatch(/✔ MWAA has the DAGs of a+: 0 objects written, 0 removed/);
    expect(output).toContain('✔ Airflow has the pool warehouse');
    expect(code).toBe(0);
  });
});

describe("MWAA's start-up script", () => {
  it('gives every component its settings, and dbt only to those that run tasks', async () => {
    const { code, output } = await startUp('scheduler', 'echo "target $DBT_TARGET, bucket $DAG_BUCKET"');
    expect(output).toContain('no dbt needed on component scheduler');
    expect(output).toContain(`target redshift, bucket ${AIRFLOW}`);
    expect(code).toBe(0);
    expect(existsSync(join(airflowHome, 'coretelecoms', 'releases'))).toBe(false);
  });

  it('builds the dbt environment of the release out of the wheelhouse, within MWAA’s five minutes', async () => {
    const began = performance.now();
    const { code, output } = await startUp('worker', 'true');
    expect(output).toMatch(/dbt of release a+ built in \d+ s/);
    expect(output).toMatch(/done in \d+ s; dbt is ready/);
    expect(code).toBe(0);
    expect(performance.now() - began).toBeLessThan(4 * MINUTES);
  });

  it('does nothing the second time', async () => {
    const { output } = await startUp('worker', 'true');
    expect(output).not.toContain('built in');
    expect(output).toMatch(/done in \d s; dbt is ready/);
  });

  it('leaves a dbt that runs the project of the release whose DAGs are there', async () => {
    // What MWAA does all the time: everything below dags/ is copied to every machine.
    mkdirSync(join(airflowHome, 'dags'), { recursive: true });
    await run(
      'tar',
      ['-xzf', join(dist, 'mwaa', 'dags.tar.gz'), '-C', join(airflowHome, 'dags')],
      process.env,
    );
    writeFileSync(
      join(airflowHome, 'dags', 'generated', 'release.json'),
      JSON.stringify({ release: RELEASE }),
    );
    const version = await startUp('worker', '"$DBT_EXECUTABLE" --version');
    expect(version.output).toMatch(/installed: +1\.12\.6/);
    const parse = '"$DBT_EXECUTABLE" parse --project-dir "$DBT_PROJECT_DIR" --target "$DBT_TARGET"';
    const { code, output } = await startUp('worker', parse, { DBT_REDSHIFT_HOST: 'warehouse.example' });
    expect(code, output).toBe(0);
    const manifest = JSON.parse(
      readFileSync(join(airflowHome, 'coretelecoms', 'target', 'manifest.json'), 'utf8'),
    ) as {
      metadata: { adapter_type: string };
      nodes: object;
    };
    expect(manifest.metadata.adapter_type).toBe('redshift');
    expect(Object.keys(manifest.nodes)).toContain('model.coretelecoms.fct_complaints');
  });

  it('lets Airflow start when it cannot do its work, and says why', async () => {
    const { code, output } = await startUp('worker', 'echo Airflow starts', {
      AIRFLOW_ENV_NAME: 'coretelecoms-other',
    });
    expect(output).toContain(`FAILED: cannot read s3://coretelecoms-other-airflow-${ACCOUNT}/environment.sh`);
    expect(output).toContain('Airflow starts');
    expect(code).toBe(0);
  });

  it('fails the dbt task, naming what is missing, while a release is not there', async () => {
    const other = { release: 'b'.repeat(40) };
    writeFileSync(join(airflowHome, 'dags', 'generated', 'release.json'), JSON.stringify(other));
    const { code, output } = await startUp('worker', '"$DBT_EXECUTABLE" --version');
    expect(output).toContain(`dbt cannot be prepared: dbt/${other.release}/dbt.tar.gz cannot be fetched`);
    expect(code).toBe(1);
    rmSync(join(airflowHome, 'dags'), { recursive: true });
  });
});
