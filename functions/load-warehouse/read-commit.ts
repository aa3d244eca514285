import { partitionLabel, type Partition } from '../../shared/lake/keys.ts';
import { readManifest, type Manifest } from '../../shared/lake/manifest.ts';
import { statusOf, type ObjectStore } from '../../shared/lake/object-store.ts';
import { readPointer, type Pointer } from '../../shared/lake/pointer.ts';
import {
  ConfigurationError,
  SourceUnavailable,
  VerificationFailed,
  type PlatformError,
} from '../../shared/runtime/errors.ts';

/** The partition's pointer, or undefined when nothing was ever committed. */
export async function currentPointer(lake: ObjectStore, partition: Partition): Promise<Pointer | undefined> {
  try {
    return (await readPointer(lake, partition))?.pointer;
  } catch (error) {
    throw lakeError(error, `The pointer of ${partitionLabel(partition)}`);
  }
}

/** The manifest that a pointer names; null where the partition was withdrawn. */
export async function manifestOf(
  lake: ObjectStore,
  partition: Partition,
  pointer: Pointer,
): Promise<Manifest | null> {
  if (pointer.load_id === null || pointer.manifest_uri === null) return null;
  const what = `The manifest that the pointer of ${partitionLabel(partition)} names`;
  const manifest = await readManifest(lake, pointer.manifest_uri).catch((error: unknown) => {
    throw lakeError(error, what);
  });
  if (manifest.load_id === pointer.load_id && manifest.source === partition.source) return manifest;
  throw new VerificationFailed(`${what} is of another load. Ingest the partition again with "force".`, {
    details: { manifest_uri: pointer.manifest_uri },
  });
}

function lakeError(error: unknown, what: string): PlatformError {
  const status = statusOf(error);
  if (status === 403) {
    return new ConfigurationError(
      `${what} may not be read. Check the function's s3:GetObject and s3:ListBucket permissions on the lake.`,
      { cause: error },
    );
  }
  if (status !== undefined || isNetworkError(error)) {
    return new SourceUnavailable(`${what} could not be read: the lake did not answer. Try again later.`, {
      details: { status },
      cause: error,
    });
  }
  return new VerificationFailed(`${what} is missing or no JSON. Ingest the partition again with "force".`, {
    cause: error,
  });
}

/** Node's and the SDK's errors of connections carry a code or are called time-outs. */
const isNetworkError = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'TimeoutError' || ('code' in error && typeof error.code === 'string'));
