import type { ObjectStore } from './object-store.ts';

/** Where every record of a source ended; `read` is the sum of the others. */
export interface RowAccounts {
  readonly read: number;
  readonly loaded: number;
  readonly quarantined: number;
  readonly deduplicated: number;
  readonly erased: number;
}

export const noRows: RowAccounts = { read: 0, loaded: 0, quarantined: 0, deduplicated: 0, erased: 0 };

export interface LoadFile {
  readonly uri: string;
  readonly bytes: number;
  readonly rows: number;
  readonly sha256: string;
}

/** Everything that is known of one load; written beside its files before the pointer names it. */
export interface Manifest {
  readonly load_id: string;
  readonly source: string;
  readonly partition_date: string;
  readonly partition_hour: number | null;
  readonly commit_seq: number;
  readonly previous_load_id: string | null;
  /** Says whether the source changed. */
  readonly fingerprint: string;
  /** Says whether what we make of it changed: contract, compiled SQL, writer options. */
  readonly digest: string;
  readonly contract_version: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: RowAccounts;
  /** Quarantined and deduplicated rows by reason; a row with two reasons counts in both. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Order-independent sum of `_record_hash` over the loaded rows, a decimal text of up to 38 digits. */
  readonly hash_sum: string;
  /** Headers of the source that the contract does not know; their values are in `_unmapped`. */
  readonly unmapped_columns: readonly string[];
  /** Columns of the contract that the source may lack and did; absent in manifests of earlier versions. */
  readonly absent_columns?: readonly string[];
  readonly source_uri: string;
  /** Version of the suppression list that was applied; 0 or absent: there was none. */
  readonly suppression_version?: number;
  /** The load that this one was made from, where it was not made from the source. */
  readonly rewritten_from?: string;
  /** What this load took the place of on purpose (a restore): as long as the source holds that, nothing changes. */
  readonly replaces?: { readonly fingerprint: string; readonly digest: string };
  readonly files: readonly LoadFile[];
  readonly quarantine_files: readonly LoadFile[];
  /** RFC 3339, UTC */
  readonly created_at: string;
}

/** The manifest of Redshift's COPY; it knows these fields only. */
export interface CopyManifest {
  readonly entries: readonly {
    readonly url: string;
    readonly mandatory: true;
    readonly meta: { readonly content_length: number };
  }[];
}

export const copyManifestOf = (files: readonly LoadFile[]): CopyManifest => ({
  entries: files.map(({ uri, bytes }) => ({ url: uri, mandatory: true, meta: { content_length: bytes } })),
});

/** Address of the COPY manifest that lies beside a load's manifest. */
export const copyManifestUri = (manifestUri: string): string =>
  manifestUri.replace(/manifest\.json$/, 'copy.json');

/** Reads a manifest that a pointer names; it must exist. */
export async function readManifest(lake: ObjectStore, manifestUri: string): Promise<Manifest> {
  const stored = await lake.readText(lake.keyOf(manifestUri));
  if (stored === undefined) throw new Error(`the lake has no manifest ${manifestUri}`);
  const manifest: Manifest = JSON.parse(stored.text);
  return manifest;
}
