import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { Bucket } from '../lib/bucket.ts';
import { DeployError } from '../lib/command.ts';
import { readFile, readManifest } from '../release/release.ts';

/** MWAA copies everything below this to all its machines, about twice a minute. */
const DAGS = 'dags/';
/** Names the release; dags/coretelecoms/dbt_release.py reads it. */
const RELEASE_KEY = `${DAGS}generated/release.json`;

/** The release whose DAGs the bucket holds; undefined before the first. */
export async function deployedRelease(target: Bucket): Promise<string | undefined> {
  const content = await target.read(RELEASE_KEY);
  if (content === undefined) return undefined;
  const { release }: { release?: string } = JSON.parse(Buffer.from(content).toString());
  return release;
}

/**
 * Makes the DAGs' bucket hold the DAGs of a published release, whose dbt and wheels Terraform has put there. In an order
 * in which whatever is named is there already; returns how many objects it wrote and removed.
 */
export async function syncRelease(
  artifacts: Bucket,
  target: Bucket,
  release: string,
): Promise<{ written: number; removed: number }> {
  const manifest = await readManifest(artifacts, release);
  let written = 0;
  const put = async (key: string, content: Uint8Array): Promise<void> => {
    if (await target.replace(key, content)) written += 1;
  };
  for (const name of ['dbt', 'wheels']) await expectObject(target, `${name}/${release}/${name}.tar.gz`);
  const files = unpack(await readFile(artifacts, manifest, 'mwaa/dags.tar.gz'));
  for (const [path, content] of files) await put(DAGS + path, content);
  await put(RELEASE_KEY, Buffer.from(`${JSON.stringify({ release })}\n`));
  const kept = new Set([RELEASE_KEY, ...[...files.keys()].map((path) => DAGS + path)]);
  const superfluous = (await target.keys(DAGS)).filter((key) => !kept.has(key));
  await target.remove(superfluous);
  return { written, removed: superfluous.length };
}

async function expectObject(target: Bucket, key: string): Promise<void> {
  if ((await target.keys(key)).includes(key)) return;
  throw new DeployError(`${target.address(key)} is missing: apply Terraform with this release first.`);
}

/** Files of a .tar.gz by path. */
function unpack(archive: Uint8Array): ReadonlyMap<string, Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'dags-'));
  try {
    const file = join(folder, 'archive');
    writeFileSync(file, archive);
    execFileSync('tar', ['-xzf', file, '-C', folder]);
    rmSync(file);
    return new Map(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path)]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
