import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bucket } from '../lib/bucket.ts';
import { deployedRelease, syncRelease } from '../mwaa/sync-release.ts';
import { startBuckets, type TestBuckets } from '../testing/s3.ts';
import { publish, readFile, readManifest } from './release.ts';

const FIRST = '1'.repeat(40);
const SECOND = '2'.repeat(40);

let s3: TestBuckets;
let artifacts: Bucket;
let airflow: Bucket;
let dist: string;
let tests = 0;

beforeAll(async () => {
  s3 = await startBuckets();
  dist = mkdtempSync(join(tmpdir(), 'dist-'));
});
afterAll(async () => {
  await s3.stop();
  rmSync(dist, { recursive: true });
});
beforeEach(async () => {
  tests += 1;
  artifacts = await s3.make(`artifacts-${tests}`);
  airflow = await s3.make(`airflow-${tests}`);
  build({ 'complaints_daily.py': 'one', 'coretelecoms/plan.py': 'two' });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dist, path)), { recursive: true });
  writeFileSync(join(dist, path), text);
}

/** What the build and deploy/mwaa/package.py leave, with these DAG files. */
function build(dags: Readonly<Record<string, string>>): void {
  write('functions/sms.zip', 'a bundle');
  write('layers/duckdb.zip', 'a layer');
  const files = {
    functions: { sms: { file: 'functions/sms.zip' } },
    layers: { duckdb: { file: 'layers/duckdb.zip' } },
  };
  write('release.json', JSON.stringify(files));
  for (const name of ['dbt.tar.gz', 'wheels.tar.gz', 'requirements.txt', 'startup.sh'])
    write(`mwaa/${name}`, `content of ${name}`);
  const folder = mkdtempSync(join(tmpdir(), 'dags-'));
  for (const [path, text] of Object.entries(dags)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync('tar', ['-czf', join(dist, 'mwaa', 'dags.tar.gz'), '-C', folder, '.']);
  rmSync(folder, { recursive: true });
}

/** What terraform/modules/orchestration/files.tf copies. */
async function applyTerraform(release: string): Promise<void> {
  for (const name of ['dbt', 'wheels'])
    await airflow.create(`${name}/${release}/${name}.tar.gz`, Buffer.from(`content of ${name}.tar.gz`));
}

const dagKeys = async () => (await airflow.keys('dags/')).toSorted();

describe('publishing', () => {
  it('uploads all of a release, and nothing the second time', async () => {
    expect(await publish(artifacts, FIRST, dist)).toBe(8);
    expect(await publish(artifacts, FIRST, dist)).toBe(0);
    expect((await artifacts.keys('')).every((key) => key.startsWith(`releases/${FIRST}/`))).toBe(true);
    const manifest = await readManifest(artifacts, FIRST);
    const bundle = await readFile(artifacts, manifest, 'functions/sms.zip');
    expect(Buffer.from(bundle).toString()).toBe('a bundle');
  });

  it('never changes a release', async () => {
    await publish(artifacts, FIRST, dist);
    write('functions/sms.zip', 'another bundle');
    await expect(publish(artifacts, FIRST, dist)).rejects.toThrow('a release never changes');
    expect(await publish(artifacts, SECOND, dist)).toBe(8);
  });

  it('refuses a name that is no commit, and a build that lacks something', async () => {
    await expect(publish(artifacts, 'main', dist)).rejects.toThrow('no release');
    rmSync(join(dist, 'mwaa', 'wheels.tar.gz'));
    await expect(publish(artifacts, FIRST, dist)).rejects.toThrow('wheels.tar.gz is missing. Build first');
    expect(await artifacts.keys('')).toEqual([]);
    await expect(readManifest(artifacts, FIRST)).rejects.toThrow('is not published');
  });

  it('finds out when a file is not what was published', async () => {
    await publish(artifacts, FIRST, dist);
    await artifacts.replace(`releases/${FIRST}/functions/sms.zip`, Buffer.from('tampered with'));
    const manifest = await readManifest(artifacts, FIRST);
    await expect(readFile(artifacts, manifest, 'functions/sms.zip')).rejects.toThrow(
      'not what was published',
    );
  });
});

describe('MWAA', () => {
  it('gets the DAGs of a release, then those of another, and goes back', async () => {
    await publish(artifacts, FIRST, dist);
    await applyTerraform(FIRST);
    expect(await deployedRelease(airflow)).toBeUndefined();
    expect(await syncRelease(artifacts, airflow, FIRST)).toEqual({ written: 3, removed: 0 });
    expect(await syncRelease(artifacts, airflow, FIRST)).toEqual({ written: 0, removed: 0 });

    build({ 'complaints_daily.py': 'one', 'complaints_hourly.py': 'three' });
    await publish(artifacts, SECOND, dist);
    await applyTerraform(SECOND);
    expect(await syncRelease(artifacts, airflow, SECOND)).toEqual({ written: 2, removed: 1 });
    expect(await deployedRelease(airflow)).toBe(SECOND);
    expect(await dagKeys()).toEqual([
      'dags/complaints_daily.py',
      'dags/complaints_hourly.py',
      'dags/generated/release.json',
    ]);

    await syncRelease(artifacts, airflow, FIRST);
    expect(await deployedRelease(airflow)).toBe(FIRST);
    expect(await dagKeys()).toContain('dags/coretelecoms/plan.py');
  });

  it('keeps its DAGs while the dbt project or the wheels of a release are not there', async () => {
    await publish(artifacts, FIRST, dist);
    await expect(syncRelease(artifacts, airflow, FIRST)).rejects.toThrow(
      'apply Terraform with this release first',
    );
    expect(await dagKeys()).toEqual([]);
  });
});
