import type { Permission } from '../declaration.ts';
import { parameterStatements } from './parameters.ts';

const objects = (bucket: string, prefix: string): string => `arn:aws:s3:::${bucket}/${prefix}`;

/** Named actions on every object of the lake below some prefixes (`raw/`, `raw/sms/`). */
export const lakeObjects = (
  sid: string,
  actions: readonly string[],
  prefixes: readonly string[],
): Permission => ({
  sid,
  actions,
  resources: prefixes.map((prefix) => objects('${lake_bucket}', `${prefix}*`)),
});

/**
 * Listing below some prefixes. Needed by readers too: without it S3 answers 403 instead of 404, and "not there" looks
 * like "forbidden"; for that answer S3 compares the condition with the key that was asked for.
 */
export const lakeListing = (
  prefixes: readonly string[],
  { sid = 'ListTheLake', action = 's3:ListBucket' }: { sid?: string; action?: string } = {},
): Permission => ({
  sid,
  actions: [action],
  resources: ['arn:aws:s3:::${lake_bucket}'],
  conditions: { StringLike: { 's3:prefix': prefixes.map((prefix) => `${prefix}*`) } },
});

/** The lake's key, through S3 only. Reading needs `kms:Decrypt`, writing `kms:GenerateDataKey`. */
export const lakeKey = (...uses: readonly ('read' | 'write')[]): Permission => ({
  sid: 'UseTheLakeKey',
  actions: uses.map((use) => (use === 'read' ? 'kms:Decrypt' : 'kms:GenerateDataKey')),
  resources: ['${lake_key_arn}'],
  conditions: { StringEquals: { 'kms:ViaService': 's3.${region}.amazonaws.com' } },
});

/** Removes objects below some prefixes for good: lists their versions and deletes them one by one. */
export const lakeVersionRemoval = (prefixes: readonly string[]): Permission[] => [
  lakeListing(prefixes, { sid: 'ListVersions', action: 's3:ListBucketVersions' }),
  lakeObjects('DeleteVersions', ['s3:DeleteObjectVersion'], prefixes),
];

/** Land and commit partitions of one source; nothing may be deleted. */
export const lakeStatements = (source: string): Permission[] => [
  // of quarantine, when an earlier load is restored; of the suppression list, before anything is written
  lakeObjects('ReadTheLake', ['s3:GetObject'], [`raw/${source}/`, `quarantine/${source}/`, 'suppression/']),
  lakeObjects(
    'WriteTheLake',
    ['s3:PutObject'],
    ['raw', 'quarantine', 'failed'].map((zone) => `${zone}/${source}/`),
  ),
  lakeListing([`raw/${source}/`, 'suppression/']),
  lakeKey('read', 'write'),
];

/** The key that persons on the suppression list are recognised with. */
export const suppressionStatements = (): Permission[] =>
  parameterStatements('platform', ['${suppression_key_parameter}']);

/** Read pointers and manifests of every source. */
export const lakeReadStatements = (): Permission[] => [
  lakeObjects('ReadTheLake', ['s3:GetObject'], ['raw/']),
  lakeListing(['raw/']),
  lakeKey('read'),
];

/** Read a source's objects under one prefix. */
export const sourceObjectStatements = (prefix: string): Permission[] => [
  { sid: 'ReadTheSource', actions: ['s3:GetObject'], resources: [objects('${source_bucket}', `${prefix}*`)] },
  {
    sid: 'ListTheSource',
    actions: ['s3:ListBucket'],
    resources: ['arn:aws:s3:::${source_bucket}'],
    conditions: { StringLike: { 's3:prefix': [`${prefix}*`] } },
  },
];
