import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bucket, sha256 } from '../lib/bucket.ts';
import { DeployError, UsageError } from '../lib/command.ts';

/** SHA-256 (hex) of each file of a release, by its path below `releases/<release>/`. */
export interface Manifest {
  readonly release: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Terraform reads this one: which archive each function is, and its hash. */
export const BUILD_FILE = 'release.json';
/** Uploaded last: a release is there when this is. */
const MANIFEST_FILE = 'manifest.json';
const MWAA_FILES = ['dags.tar.gz', 'dbt.tar.gz', 'wheels.tar.gz', 'requirements.txt', 'startup.sh'];

/** Throws UsageError unless this is the full SHA of a commit. */
export function checkRelease(release: string): void {
  if (!/^[0-9a-f]{40}$/.test(release))
    throw new UsageError(
      `"${release}" is no release: it is the full SHA of a commit, 40 hexadecimal digits.`,
    );
}

const keyOf = (release: string, file: string): string => `releases/${release}/${file}`;

/** Uploads what was built as a release that never changes. Returns how many files it wrote; 0 when all were there. */
export async function publish(bucket: Bucket, release: string, dist: string): Promise<number> {
  checkRelease(release);
  const files = new Map(filesOf(dist).map((file) => [file, readBuilt(dist, file)]));
  const manifest: Manifest = {
    release,
    files: Object.fromEntries([...files].map(([file, content]) => [file, sha256(content)])),
  };
  let written = 0;
  for (const [file, content] of files) if (await bucket.create(keyOf(release, file), content)) written += 1;
  await bucket.create(keyOf(release, MANIFEST_FILE), Buffer.from(JSON.stringify(manifest, null, 2)));
  return written;
}

/** Paths below `dist` of everything a release consists of, as the build lists it. */
function filesOf(dist: string): string[] {
  const build: { functions?: Record<string, { file: string }>; layers?: Record<string, { file: string }> } =
    JSON.parse(readBuilt(dist, BUILD_FILE).toString());
  const archives = [...Object.values(build.functions ?? {}), ...Object.values(build.layers ?? {})];
  if (archives.length === 0) throw new DeployError(`${join(dist, BUILD_FILE)} names no archive.`);
  return [BUILD_FILE, ...archives.map(({ file }) => file), ...MWAA_FILES.map((name) => `mwaa/${name}`)];
}

function readBuilt(dist: string, file: string): Buffer {
  try {
    return readFileSync(join(dist, file));
  } catch {
    throw new DeployError(
      `${join(dist, file)} is missing. Build first: npm run build && python3 deploy/mwaa/package.py`,
    );
  }
}

/** The manifest of a published release. Throws DeployError when the release is not there or not complete. */
export async function readManifest(bucket: Bucket, release: string): Promise<Manifest> {
  checkRelease(release);
  const content = await bucket.read(keyOf(release, MANIFEST_FILE));
  if (content === undefined)
    throw new DeployError(
      `${bucket.address(keyOf(release, MANIFEST_FILE))} is missing: ${release} is not published.`,
    );
  const manifest: Manifest = JSON.parse(Buffer.from(content).toString());
  return manifest;
}

/** A file of a release, as it was published. Throws DeployError when it is missing or is not what was published. */
export async function readFile(bucket: Bucket, manifest: Manifest, file: string): Promise<Uint8Array> {
  const key = keyOf(manifest.release, file);
  const content = await bucket.read(key);
  if (content === undefined) throw new DeployError(`${bucket.address(key)} is missing.`);
  if (sha256(content) !== manifest.files[file])
    throw new DeployError(`${bucket.address(key)} is not what was published as ${manifest.release}.`);
  return content;
}
