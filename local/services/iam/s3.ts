import type { Need } from './policy.ts';
import { type ApiRequest, type Needs, UnknownCall, headerOf, needs } from './request.ts';

/** ARN of the key that a bucket's objects are encrypted with by default, if any. */
export type KeyOfBucket = (bucket: string) => string | undefined;

interface Target {
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
}

/**
 * Permissions that a request of S3's REST API needs.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function s3Needs(request: ApiRequest, keyOf: KeyOfBucket): Needs {
  const target = targetOf(request.url);
  return target.key === '' ? bucketNeeds(request, target) : objectNeeds(request, target, keyOf);
}

/** The body of `DeleteObjects` says what is deleted; all other bodies of S3 are data. */
export const isDeleteObjects = ({ method, url }: { method: string; url: string }): boolean =>
  method === 'POST' && targetOf(url).key === '' && targetOf(url).query.has('delete');

function targetOf(url: string): Target {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [bucket = '', ...parts] = pathname.slice(1).split('/');
  // The SDK names its operation in the query; that is no part of the API.
  const query = new Map([...searchParams].filter(([name]) => name !== 'x-id'));
  return { bucket: decodeURIComponent(bucket), key: parts.map(decodeURIComponent).join('/'), query };
}

const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
const objectArn = ({ bucket }: Target, key: string): string => `${bucketArn(bucket)}/${key}`;
const listingParameters = [
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
];

function bucketNeeds(request: ApiRequest, target: Target): Needs {
  const { bucket, query } = target;
  const list = (action: string): Needs => {
    const prefix = query.get('prefix');
    const context = prefix === undefined ? {} : { 's3:prefix': prefix };
    return needs([{ action, resource: bucketArn(bucket), context }]);
  };
  const only = (...names: string[]): boolean => [...query.keys()].every((name) => names.includes(name));
  if (
    request.method === 'GET' &&
    query.has('list-type') &&
    only('list-type', 'fetch-owner', ...listingParameters)
  )
    return list('s3:ListBucket');
  if (
    request.method === 'GET' &&
    query.has('versions') &&
    only('versions', 'key-marker', 'version-id-marker', ...listingParameters)
  )
    return list('s3:ListBucketVersions');
  if (request.method === 'HEAD' && only()) return list('s3:ListBucket');
  if (isDeleteObjects(request) && only('delete')) return needs(deletions(request, target));
  throw unknown(request);
}

/** `DeleteObjects` needs leave for every object and version that it names. */
function deletions({ body = '' }: ApiRequest, target: Target): Need[] {
  return [...body.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, entry = '']) => {
    const key = unescapeXml(/<Key>(.*?)<\/Key>/s.exec(entry)?.[1] ?? '');
    const action = entry.includes('<VersionId>') ? 's3:DeleteObjectVersion' : 's3:DeleteObject';
    return { action, resource: objectArn(target, key), context: {} };
  });
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescapeXml = (text: string): string =>
  text
    .replaceAll(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
      String.fromCodePoint(Number.parseInt(code, hex === '' ? 10 : 16)),
    )
    .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '');

function objectNeeds(request: ApiRequest, target: Target, keyOf: KeyOfBucket): Needs {
  const { method } = request;
  const { key, query } = target;
  const known = ['versionId', 'partNumber', 'uploadId', 'uploads'];
  const other = [...query.keys()].some((name) => !known.includes(name) && !name.startsWith('response-'));
  if (other || headerOf(request, 'x-amz-copy-source') !== undefined) throw unknown(request);
  const version = query.has('versionId') ? 'Version' : '';
  const need = (action: string): Need => ({ action, resource: objectArn(target, key), context: {} });
  switch (method) {
    case 'GET':
    case 'HEAD':
      return needs([need(`s3:GetObject${version}`)], {
        withContent: needsContent(request) ? keyUse('kms:Decrypt', request, target, keyOf) : [],
        toHearOfAbsence: absence(target),
      });
    case 'PUT':
    case 'POST':
      return needs([need('s3:PutObject')], {
        withContent: [
          ...keyUse('kms:GenerateDataKey', request, target, keyOf),
          // the parts of an upload are decrypted when they are put together
          ...(query.has('uploadId') || query.has('uploads')
            ? keyUse('kms:Decrypt', request, target, keyOf)
            : []),
        ],
      });
    case 'DELETE':
      return needs([need(query.has('uploadId') ? 's3:AbortMultipartUpload' : `s3:DeleteObject${version}`)]);
    default:
      throw unknown(request);
  }
}

/** HEAD tells of the object only; with a checksum it tells of the content. */
const needsContent = (request: ApiRequest): boolean =>
  request.method === 'GET' || headerOf(request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';

/** S3 uses the bucket's key in the caller's name. */
function keyUse(action: string, { region }: ApiRequest, { bucket }: Target, keyOf: KeyOfBucket): Need[] {
  const resource = keyOf(bucket);
  const context = { 'kms:ViaService': `s3.${region}.amazonaws.com` };
  return resource === undefined ? [] : [{ action, resource, context }];
}

/** "Not there" is told only to who may list that key; S3 compares `s3:prefix` with the key that was asked for. */
const absence = ({ bucket, key }: Target): Need[] => [
  { action: 's3:ListBucket', resource: bucketArn(bucket), context: { 's3:prefix': key } },
];

const unknown = ({ method, url }: ApiRequest): UnknownCall => new UnknownCall(`S3 ${method} ${url}`);
