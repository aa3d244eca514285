import type { ComplaintColumns } from '../defects/complaint-rows.ts';
import type { Complaint, Closing } from './draw.ts';
import type { ComplaintIdMaker } from './ids.ts';

/** How one structured channel writes its complaints down. */
export interface ComplaintFormat {
  readonly source: 'call_logs' | 'social_media' | 'web_forms';
  /** Rows a day at scale 1. */
  readonly rowsPerDay: number;
  /** Rows of days whose real count is known. */
  readonly knownRows: Readonly<Record<string, number>>;
  readonly header: readonly string[];
  readonly columns: ComplaintColumns;
  readonly closing: Closing;
  readonly makeId: ComplaintIdMaker;
  /** Path within the sources folder, for a day `YYYY-MM-DD`. */
  readonly path: (date: string) => string;
  /** A row as text, fields separated by commas; no field needs quotes. */
  readonly line: (complaint: Complaint, index: number, date: string) => string;
  readonly firstIndex: number;
}
