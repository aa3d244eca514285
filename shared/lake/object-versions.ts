import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';

/** One version of an object, or the marker that a removal left. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isCurrent: boolean;
  readonly isMarker: boolean;
  /** 0 of a marker */
  readonly bytes: number;
}

const batch = 1000;

/** The versions that a bucket keeps of its objects: what is there, and its removal for good. */
export class ObjectVersions {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  /** Every version and every marker under a prefix. */
  async *list(prefix: string): AsyncGenerator<ObjectVersion> {
    let KeyMarker: string | undefined;
    let VersionIdMarker: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectVersionsCommand({ Bucket: this.#bucket, Prefix: prefix, KeyMarker, VersionIdMarker }),
      );
      for (const { Key, VersionId, IsLatest, Size } of page.Versions ?? [])
        yield described(Key, VersionId, IsLatest, Size ?? 0, false);
      for (const { Key, VersionId, IsLatest } of page.DeleteMarkers ?? [])
        yield described(Key, VersionId, IsLatest, 0, true);
      KeyMarker = page.NextKeyMarker;
      VersionIdMarker = page.NextVersionIdMarker;
      if (page.IsTruncated !== true) return;
    } while (KeyMarker !== undefined);
  }

  /** Removes versions for good: there is no way back. Those that are gone already do no harm. */
  async remove(versions: readonly Pick<ObjectVersion, 'key' | 'versionId'>[]): Promise<void> {
    for (let start = 0; start < versions.length; start += batch) {
      const Objects = versions
        .slice(start, start + batch)
        .map(({ key, versionId }) => ({ Key: key, VersionId: versionId }));
      const { Errors = [] } = await this.#client.send(
        new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } }),
      );
      if (Errors.length > 0)
        throw new Error(`S3 did not remove ${Errors.length} versions (${Errors[0]?.Code})`);
    }
  }
}

const described = (
  key: string | undefined,
  versionId: string | undefined,
  isLatest: boolean | undefined,
  bytes: number,
  isMarker: boolean,
): ObjectVersion => ({
  key: key ?? '',
  versionId: versionId ?? 'null',
  isCurrent: isLatest === true,
  isMarker,
  bytes,
});
