import { parseAccess, type AccessStatement } from './access/parse.ts';
import { stripComments } from './sql-text.ts';

/** A `COPY` from Parquet files that a manifest in S3 lists. */
export interface CopyStatement {
  readonly kind: 'copy';
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly manifestUri: string;
}

/** What a statement means to DuckDB. */
export type Translated =
  | CopyStatement
  /** Roles, grants and masks: done in a catalogue of this stand-in's own. */
  | { readonly kind: 'access'; readonly statement: AccessStatement }
  /** Nothing to do. */
  | { readonly kind: 'nothing' }
  /** SQL that both engines understand. */
  | { readonly kind: 'sql'; readonly sql: string }
  /** Not supported here, with the error that Redshift might give. */
  | { readonly kind: 'refused'; readonly message: string };

const copyForm =
  /^copy\s+(?:([a-z_]\w*)\.)?([a-z_]\w*)\s*\(([^()]*)\)\s*from\s+'([^']+)'\s+iam_role\s+(?:'[^']+'|default)\s+format\s+as\s+parquet\s+manifest$/i;

/**
 * Sorts a statement by what differs between Redshift and DuckDB:
 * - `LOCK`: nothing to do, since the stand-in runs one transaction at a time;
 * - `COPY … FORMAT AS PARQUET MANIFEST`: done by `copy.ts`;
 * - roles, grants and masks (only forms that are known here): done by `access/`;
 * - everything else is handed to DuckDB as it stands.
 */
export function translate(sql: string): Translated {
  const text = stripComments(sql);
  if (/^lock\s/i.test(text)) return { kind: 'nothing' };
  if (/^copy\s/i.test(text)) return parseCopy(text);
  if (/^(begin|start\s+transaction|commit|end|rollback|abort)\b/i.test(text)) {
    return { kind: 'refused', message: 'ERROR: transaction statements are not allowed in a batch' };
  }
  const statement = parseAccess(text);
  if (statement === 'refused') {
    return {
      kind: 'refused',
      message: 'ERROR: syntax error, or a form of GRANT, ROLE or MASKING POLICY not known here',
    };
  }
  if (statement !== null) return { kind: 'access', statement };
  return { kind: 'sql', sql: text };
}

function parseCopy(text: string): Translated {
  const match = copyForm.exec(text);
  if (match === null) return { kind: 'refused', message: 'ERROR: syntax error in COPY' };
  const [, schema = 'public', table = '', list = '', manifestUri = ''] = match;
  const columns = list.split(',').map((name) => name.trim().replaceAll('"', ''));
  return { kind: 'copy', schema, table, columns, manifestUri };
}
