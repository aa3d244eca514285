/**
 * Stands for the program `terraform`, in so far as deploy/deploy.ts depends on it: apply puts a release's files where
 * terraform/modules/orchestration/files.tf puts them, and the outputs are there afterwards. Keeps what it was asked.
 * AIRFLOW_BUCKET, STAND_IN_FOLDER and the address of S3 come from the environment.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket } from '../lib/bucket.ts';

const folder = process.env['STAND_IN_FOLDER'] ?? '.';
const airflow = process.env['AIRFLOW_BUCKET'] ?? '';
const [, command, ...args] = process.argv.slice(2);
const applied = join(folder, 'applied');
appendFileSync(join(folder, 'terraform.log'), `${command} ${args.join(' ')}\n`);

if (command === 'apply') {
  const variable = (name: string): string =>
    args.find((arg) => arg.startsWith(`-var=${name}=`))?.slice(`-var=${name}=`.length) ?? '';
  const release = variable('release');
  if (JSON.parse(readFileSync(variable('release_manifest'), 'utf8')).functions === undefined) process.exit(1);
  const [from, to] = [new Bucket(variable('artifact_bucket')), new Bucket(airflow)];
  const targets = [
    'requirements.txt',
    'startup.sh',
    `dbt/${release}/dbt.tar.gz`,
    `wheels/${release}/wheels.tar.gz`,
  ];
  for (const key of targets) {
    const content = await from.read(`releases/${release}/mwaa/${key.split('/').at(-1)}`);
    if (content === undefined) process.exit(1);
    await to.replace(key, content);
  }
  const environment = {
    PLATFORM_ENVIRONMENT: 'dev',
    DBT_TARGET: 'redshift',
    DBT_REDSHIFT_HOST: 'warehouse.example',
  };
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'\n`);
  await to.replace('environment.sh', Buffer.from(lines.join('')));
  writeFileSync(applied, release);
}
if (command === 'output') {
  const value = {
    name_prefix: 'coretelecoms-dev',
    airflow_bucket: airflow,
    airflow_environment: 'coretelecoms-dev',
  };
  console.log(JSON.stringify(existsSync(applied) ? { platform: { value } } : {}));
}
