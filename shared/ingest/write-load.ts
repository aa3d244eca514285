import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Contract } from '../contracts/contract.ts';
import { matchColumns, type MatchedColumns } from '../contracts/match-columns.ts';
import { loadPrefix, quarantinePrefix } from '../lake/keys.ts';
import { copyManifestOf, type LoadFile, type Manifest, type RowAccounts } from '../lake/manifest.ts';
import type { CommittedLoad } from './already-done.ts';
import type { Attempt } from './attempt.ts';
import { conform, type Conformed } from './conform/conform.ts';
import { conformDefinition, loadColumns } from './conform/conform-sql.ts';
import { Engine } from './conform/engine.ts';
import { countReasons, writeQuarantine } from './conform/quarantine.ts';
import type { RecordSpool } from './framing/record-spool.ts';
import { guardEmptiness, guardListVersion, guardRejects, guardVolume } from './guards.ts';
import { landFile, landText } from './land.ts';
import type { ReadSource } from './source.ts';
import { readSuppressions } from './suppression/suppressions.ts';
import { verifyLanded } from './verify-landed.ts';

/** Digest of everything of ours that decides what becomes of a source's records. */
export const digestOf = (contract: Contract): string =>
  createHash('sha256').update(conformDefinition(contract)).digest('hex');

/** Conforms what was read, guards it, and lands files and manifests; all of it invisible until a pointer names it. */
export async function writeLoad(
  attempt: Attempt,
  sourceUri: string,
  read: ReadSource,
  spool: RecordSpool,
  directory: string,
): Promise<CommittedLoad> {
  const { contract, partition, loadId, request, services } = attempt;
  const suppressions = await readSuppressions(services.lake, services.readSuppressionKey);
  await guardListVersion(services.lake, partition, attempt.before, suppressions.version);
  const matched = matchColumns(contract, read.framed.headers);
  guardEmptiness(contract, spool.read);
  const engine = await Engine.open(directory);
  try {
    const loadedPath = join(directory, 'loaded.parquet');
    const quarantinePath = join(directory, 'quarantine.parquet');
    const labels = {
      sourceUri,
      partitionDate: partition.date,
      partitionHour: partition.hour ?? -1,
      loadId,
      loadedAt: services.now().toISOString().replace('T', ' ').replace('Z', ''),
    };
    const conformed = await conform(
      engine,
      spool,
      read.framed,
      contract,
      matched,
      labels,
      suppressions,
      loadedPath,
    );
    const rows = accountsOf(conformed);
    const reasons = countReasons(conformed);
    guardRejects(contract, rows, reasons);
    if (!request.acceptVolume) await guardVolume(services.lake, contract, partition, rows.read);
    const quarantined = await writeQuarantine(engine, spool, conformed, partition, loadId, quarantinePath);
    const files = await landLoaded(attempt, loadedPath, rows.loaded);
    const quarantineFiles =
      quarantined === 0 ? [] : [await landQuarantine(attempt, quarantinePath, quarantined)];
    return await landManifests(attempt, {
      ...describe(attempt, matched, sourceUri, read.fingerprint),
      suppression_version: suppressions.version,
      rows,
      reasons,
      hash_sum: conformed.hashSum,
      files,
      quarantine_files: quarantineFiles,
    });
  } finally {
    engine.close();
  }
}

function accountsOf({ read, loaded, setAside, diverted, erased }: Conformed): RowAccounts {
  const deduplicated = setAside.filter(({ kind }) => kind === 'duplicate').length;
  return {
    read,
    loaded,
    quarantined: setAside.length - deduplicated + diverted.length,
    deduplicated,
    erased: erased.length,
  };
}

async function landLoaded({ contract, partition, loadId, services }: Attempt, path: string, rows: number) {
  const key = `${loadPrefix(partition, loadId)}/part-00000.parquet`;
  const file = await landFile(services.lake, key, path, rows);
  await verifyLanded(services.lake, { key, bytes: file.bytes, rows, columns: loadColumns(contract) });
  return [file];
}

const landQuarantine = (
  { partition, loadId, services }: Attempt,
  path: string,
  rows: number,
): Promise<LoadFile> =>
  landFile(services.lake, `${quarantinePrefix(partition, loadId)}/part-00000.parquet`, path, rows);

function describe(attempt: Attempt, matched: MatchedColumns, sourceUri: string, fingerprint: string) {
  const { contract, partition, loadId, before, digest, services } = attempt;
  return {
    load_id: loadId,
    source: partition.source,
    partition_date: partition.date,
    partition_hour: partition.hour,
    commit_seq: (before?.pointer.commit_seq ?? 0) + 1,
    previous_load_id: before?.pointer.load_id ?? null,
    fingerprint,
    digest,
    contract_version: contract.version,
    columns: loadColumns(contract),
    unmapped_columns: matched.unknownHeaders,
    absent_columns: absentColumns(matched),
    source_uri: sourceUri,
    created_at: services.now().toISOString(),
  };
}

/** Export indexes come and go, and are no data. */
const absentColumns = ({ matches }: MatchedColumns): string[] =>
  matches
    .filter(({ column, header }) => header === null && !column.isExportIndex)
    .map(({ column }) => column.name);

async function landManifests(
  { partition, loadId, services }: Attempt,
  manifest: Manifest,
): Promise<CommittedLoad> {
  const prefix = loadPrefix(partition, loadId);
  const [manifestUri] = await Promise.all([
    landText(services.lake, `${prefix}/manifest.json`, manifest),
    landText(services.lake, `${prefix}/copy.json`, copyManifestOf(manifest.files)),
  ]);
  return { manifest, manifestUri };
}
