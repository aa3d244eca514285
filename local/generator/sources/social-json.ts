import type { Complaint } from '../complaints/draw.ts';
import type { RepeatPool } from '../complaints/repeats.ts';
import { ComplaintRows } from '../complaints/rows.ts';
import { complaintRowFactories, type ComplaintRowSettings } from '../defects/complaint-rows.ts';
import { wants } from '../defects/kinds.ts';
import { planDefects, type Plan } from '../defects/plan.ts';
import { LOADED, QUARANTINED, type Factories } from '../defects/plant.ts';
import { Recorder } from '../files/recorder.ts';
import { byteString } from '../files/output.ts';
import { Random } from '../random/random.ts';
import { writeFile, type Run, type WrittenFile } from '../run.ts';
import { SOCIAL_MEDIA } from './social-media.ts';

/** A row by columns: text, JSON null, or undefined where the column lacks the row's inner key. */
type SocialRow = readonly (string | null | undefined)[];

const { columns, header } = SOCIAL_MEDIA;
/** Every kind of column goes missing somewhere; a missing status or time must not shift the rows behind it. */
const RAGGED_COLUMNS = [columns.status, columns.closed, columns.customer, columns.platform, columns.opened];

/** Writes one day of social media: one JSON object, column by column, as a data frame's default export has it. */
export async function writeSocialMedia(
  run: Run,
  date: string,
  pool: RepeatPool<Complaint>,
): Promise<WrittenFile> {
  const path = SOCIAL_MEDIA.path(date);
  const recorder = new Recorder({ source: SOCIAL_MEDIA.source, date, hour: null, path });
  const complaints = new ComplaintRows(run, SOCIAL_MEDIA, date, recorder, pool);
  const settings = complaints.settings((fields): SocialRow => fields);
  const plan = planDefects<SocialRow>({
    factories: { ...complaintRowFactories(settings), ...jsonFactories(settings) },
    choice: run.defects,
    rows: complaints.rows,
    rotation: complaints.rotation,
    aimAtBoundaries: false,
    extra: complaints.repeats((fields): SocialRow => fields),
  });
  const rows = arrange(complaints, plan, recorder);
  const keys = innerKeys(rows.length, new Random(`${run.seed}/social_media/${date}/keys`));
  const names = complaints.newColumn === undefined ? header : [...header, complaints.newColumn];
  if (complaints.newColumn !== undefined) recorder.addNewColumn(complaints.newColumn);
  const isLastDay = date === run.days.at(-1);
  const hasNumbers = isLastDay && wants(run.defects, 'numeric_agent_ids');
  const isUnordered = isLastDay && wants(run.defects, 'unordered_keys');
  if (hasNumbers) recorder.addMess('numeric_agent_ids');
  if (isUnordered) recorder.addMess('unordered_keys');

  return writeFile(run, recorder, async (output) => {
    for (const [column, name] of names.entries()) {
      const entries = entriesOf(rows, keys, column, hasNumbers && column === columns.agent);
      if (isUnordered && column === columns.status) entries.reverse();
      output.add(`${column === 0 ? '{' : ','}${JSON.stringify(name)}:{${byteString(entries.join(','))}}`);
      await output.flush();
    }
    output.add('}');
    run.onRows(path, complaints.rows);
  });
}

/** The ordinary rows with the plants among them. At real scale 38,000: small enough to hold. */
function arrange(complaints: ComplaintRows, plan: Plan<SocialRow>, recorder: Recorder): SocialRow[] {
  const rows: SocialRow[] = [];
  for (let i = 0; i <= complaints.rows; i++) {
    for (const plant of plan.byPosition.get(i) ?? []) {
      recorder.addPlant(plant, null);
      rows.push(plant.row);
    }
    if (i === complaints.rows) break;
    rows.push(complaints.nextLine(i).split(','));
    recorder.addRows(1);
  }
  return rows;
}

/** Ascending, with gaps: the frame that was exported had been filtered. */
function innerKeys(count: number, random: Random): number[] {
  const keys: number[] = [];
  for (let key = random.below(3); keys.length < count; key += 1 + random.below(3)) keys.push(key);
  return keys;
}

function entriesOf(
  rows: readonly SocialRow[],
  keys: readonly number[],
  column: number,
  areNumbers: boolean,
): string[] {
  const entries: string[] = [];
  for (const [i, row] of rows.entries()) {
    const value = row[column];
    if (value === undefined) continue;
    const isNumber = areNumbers && value !== null && /^\d+$/u.test(value);
    entries.push(`"${keys[i] ?? 0}":${isNumber ? value : JSON.stringify(value)}`);
  }
  return entries;
}

/** Defects that only JSON can have. */
function jsonFactories(settings: ComplaintRowSettings<SocialRow>): Factories<SocialRow> {
  const keyOf = (fields: SocialRow): string | null => fields[columns.key] ?? null;
  const withValue = (fields: SocialRow, column: number, value: string | null | undefined): SocialRow =>
    fields.map((field, i) => (i === column ? value : field));
  return {
    ragged_column: ({ position, variant }) => {
      const fields = settings.fresh(position);
      const column = RAGGED_COLUMNS[variant % RAGGED_COLUMNS.length] ?? columns.status;
      const row = withValue(fields, column, undefined);
      const detail = { column: header[column] ?? '' };
      return [
        { position, plant: { kind: 'ragged_column', row, accounts: LOADED, id: keyOf(fields), detail } },
      ];
    },
    /** In turn: an empty text, null, and no inner key at all. */
    missing_key: ({ position, variant }) => {
      const value = (['', null, undefined] as const)[variant % 3];
      const row = withValue(settings.fresh(position), columns.key, value);
      return [{ position, plant: { kind: 'missing_key', row, accounts: QUARANTINED, id: null } }];
    },
    nul_byte: ({ position }) => {
      const fields = settings.fresh(position);
      const row = withValue(fields, columns.category, 'Pay\0ments');
      return [{ position, plant: { kind: 'nul_byte', row, accounts: QUARANTINED, id: keyOf(fields) } }];
    },
  };
}
