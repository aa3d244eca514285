import type { Complaint } from '../complaints/draw.ts';
import type { ComplaintFormat } from '../complaints/format.ts';
import type { RepeatPool } from '../complaints/repeats.ts';
import { ComplaintRows } from '../complaints/rows.ts';
import { complaintRowFactories } from '../defects/complaint-rows.ts';
import {
  bareLine,
  csvLine,
  csvLineFactories,
  goodLineFactories,
  type FreshRow,
} from '../defects/csv-lines.ts';
import { wants } from '../defects/kinds.ts';
import { planDefects } from '../defects/plan.ts';
import { BYTE_ORDER_MARK } from '../files/output.ts';
import { Recorder } from '../files/recorder.ts';
import { writeRows } from '../files/write-rows.ts';
import { writeFile, type Run, type WrittenFile } from '../run.ts';

/** Where a CSV file goes: a file that people's parsers meet as it is, or a database table that only CSV carries. */
export type CsvDestination = 'file' | 'table';

/** Writes one day of call logs or web forms. */
export async function writeComplaintCsv(
  run: Run,
  format: ComplaintFormat,
  destination: CsvDestination,
  date: string,
  pool: RepeatPool<Complaint>,
): Promise<WrittenFile> {
  const path = format.path(date);
  const recorder = new Recorder({ source: format.source, date, hour: null, path });
  const complaints = new ComplaintRows(run, format, date, recorder, pool);
  const { rows, newColumn, rotation } = complaints;
  const isFile = destination === 'file';
  const settings = complaints.settings(csvLine);
  const fresh = (position: number): FreshRow => {
    const fields = settings.fresh(position);
    return { fields, id: fields[format.columns.key] ?? '' };
  };
  const plan = planDefects({
    factories: {
      ...complaintRowFactories(settings),
      ...(isFile ? csvLineFactories({ fresh, textColumn: format.columns.category }) : {}),
      ...(isFile ? goodLineFactories(fresh, false) : {}),
    },
    choice: run.defects,
    rows,
    rotation,
    aimAtBoundaries: isFile,
    extra: complaints.repeats(csvLine),
  });
  const endsBare = isFile && date === run.days.at(-1) && wants(run.defects, 'no_final_newline');
  const mixesLineEnds = isFile && wants(run.defects, 'mixed_line_ends');
  const from = Math.floor(rows * 0.4);

  return writeFile(run, recorder, async (output) => {
    if (isFile && date === run.days[0] && wants(run.defects, 'byte_order_mark')) {
      output.add(BYTE_ORDER_MARK);
      recorder.addMess('byte_order_mark');
    }
    output.add(`${csvLine(newColumn === undefined ? format.header : [...format.header, newColumn])}\n`);
    if (newColumn !== undefined) recorder.addNewColumn(newColumn);
    await writeRows({
      output,
      recorder,
      rows,
      line: (row) => complaints.nextLine(row),
      plan,
      last: endsBare ? bareLine(fresh(rows)) : undefined,
      ...(mixesLineEnds ? { crlf: { from, to: from + Math.ceil(rows * 0.02) } } : {}),
      onRows: (count) => run.onRows(path, count),
    });
  });
}
