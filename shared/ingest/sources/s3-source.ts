import { NoSuchBucket } from '@aws-sdk/client-s3';
import type { Partition } from '../../lake/keys.ts';
import { statusOf, type ObjectInfo, type ObjectStore } from '../../lake/object-store.ts';
import {
  ConfigurationError,
  SourceNotReady,
  SourceUnavailable,
  SourceUnreadable,
} from '../../runtime/errors.ts';
import type { Framer } from '../framing/framed.ts';
import type { OpenedSource, Source } from '../source.ts';

/** One form a partition's object may come in. */
export interface ObjectForm {
  readonly keyOf: (partition: Partition) => string;
  readonly frame: Framer;
}

/** A source whose partitions are objects in S3, each in exactly one of some forms (say, CSV or JSON). */
export function s3Source(store: ObjectStore, forms: readonly ObjectForm[]): Source {
  return {
    async open(partition) {
      const candidates = await Promise.all(
        forms.map(async ({ keyOf, frame }) => {
          const key = keyOf(partition);
          return { key, frame, object: await guarded(store, key, () => store.head(key)) };
        }),
      );
      const found = candidates.flatMap(({ key, frame, object }) =>
        object === undefined ? [] : [{ key, frame, object }],
      );
      const [only, ...others] = found;
      if (only === undefined)
        throw new SourceNotReady(
          `there is no ${candidates.map(({ key }) => store.uri(key)).join(' nor ')}; it may be late, so it will be tried again`,
        );
      if (others.length > 0)
        throw new SourceUnreadable(
          `there is both ${found.map(({ key }) => store.uri(key)).join(' and ')}; one of them must go, since they may differ`,
        );
      return openObject(store, only.key, only.object, only.frame);
    },
  };
}

function openObject(store: ObjectStore, key: string, object: ObjectInfo, frame: Framer): OpenedSource {
  const fingerprint = `s3:${object.etag}:${object.bytes}`;
  return {
    uri: store.uri(key),
    fingerprint,
    async read(spool) {
      const stream = await guarded(store, key, () => store.openStream(key, object.etag));
      const counted = countBytes(stream);
      const framed = await frame(counted.bytes, spool);
      if (counted.total() !== object.bytes)
        throw new SourceUnavailable(
          `${store.uri(key)} has ${object.bytes} bytes, ${counted.total()} arrived; it will be tried again`,
        );
      return { framed, fingerprint };
    },
  };
}

function countBytes(stream: AsyncIterable<Uint8Array>) {
  let total = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      total += chunk.length;
      yield chunk;
    }
  }
  return { bytes: bytes(), total: () => total };
}

async function guarded<Result>(
  store: ObjectStore,
  key: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const status = statusOf(error);
    if (error instanceof NoSuchBucket || status === 403)
      throw new ConfigurationError(
        `${store.uri(key)} may not be read (${status ?? 'no such bucket'}); the function's role needs s3:GetObject and s3:ListBucket there`,
        { cause: error },
      );
    if (status === 412)
      throw new SourceUnavailable(`${store.uri(key)} changed while it was read; it will be tried again`);
    throw new SourceUnavailable(`${store.uri(key)} could not be read; it will be tried again`, {
      cause: error,
    });
  }
}
