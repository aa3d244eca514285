import type { Partition } from '../lake/keys.ts';
import { readManifest, type Manifest } from '../lake/manifest.ts';
import type { ObjectStore } from '../lake/object-store.ts';
import { earlierPartitions, type Pointer } from '../lake/pointer.ts';

/** What a source's content and our treatment of it are known by. */
export interface Identity {
  readonly fingerprint: string;
  readonly digest: string;
}

export interface CommittedLoad {
  readonly manifest: Manifest;
  readonly manifestUri: string;
}

/**
 * The load that the partition's own pointer names, if it holds just this content and its files are there. For a
 * withdrawn partition that is the load that was withdrawn: the same content stays withdrawn, a correction does not.
 */
export async function unchangedLoad(
  lake: ObjectStore,
  pointer: Pointer | undefined,
  identity: Identity,
): Promise<CommittedLoad | undefined> {
  if (pointer === undefined || pointer.manifest_uri === null) return undefined;
  return loadOf(lake, pointer.manifest_uri, identity);
}

/** The load of the newest earlier partition, if it holds just this content. */
export async function carriedLoad(
  lake: ObjectStore,
  partition: Partition,
  identity: Identity,
): Promise<CommittedLoad | undefined> {
  for await (const { pointer } of earlierPartitions(lake, partition)) {
    if (pointer.load_id === null || pointer.manifest_uri === null) continue;
    return loadOf(lake, pointer.manifest_uri, identity);
  }
  return undefined;
}

async function loadOf(
  lake: ObjectStore,
  manifestUri: string,
  { fingerprint, digest }: Identity,
): Promise<CommittedLoad | undefined> {
  const manifest = await readManifest(lake, manifestUri);
  // what a restored load took the place of stays replaced, as what was withdrawn stays withdrawn
  const known = manifest.replaces === undefined ? [manifest] : [manifest, manifest.replaces];
  if (!known.some((one) => one.fingerprint === fingerprint && one.digest === digest)) return undefined;
  for (const { uri, bytes } of manifest.files) {
    const object = await lake.head(lake.keyOf(uri));
    if (object === undefined || object.bytes !== bytes) return undefined;
  }
  return { manifest, manifestUri };
}
