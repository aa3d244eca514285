import { RepeatPool } from '../complaints/repeats.ts';
import { wants } from '../defects/kinds.ts';
import { bareMessage, messageFactories, messageLine } from '../defects/message-rows.ts';
import { planDefects } from '../defects/plan.ts';
import { BYTE_ORDER_MARK } from '../files/output.ts';
import { Recorder } from '../files/recorder.ts';
import { writeRows } from '../files/write-rows.ts';
import { dayNumber, writeFile, type Run, type WrittenFile } from '../run.ts';
import { Messages, type MessageFields } from '../sms/messages.ts';

/** What is odd about one of the files: the first of a run begins with a byte-order mark, the last lacks a line end. */
export interface SmsPlace {
  readonly date: string;
  readonly hour: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Writes one hour of the SMS inbox. A gateway may deliver a message again an hour later, unchanged. */
export async function writeSms(
  run: Run,
  place: SmsPlace,
  pool: RepeatPool<MessageFields>,
): Promise<WrittenFile> {
  const { date, hour } = place;
  const path = `sms/sms_inbox_${date}_${String(hour).padStart(2, '0')}.txt`;
  const recorder = new Recorder({ source: 'sms', date, hour, path });
  const messages = new Messages(run, date, hour, recorder);
  const { rows } = messages;
  const repeats = wants(run.defects, 'repeated')
    ? pool.place(messages.random, recorder, rows, (item) => ({
        item,
        row: messageLine(item),
        id: item[0],
        detail: {},
      }))
    : [];
  const plan = planDefects({
    factories: messageFactories((position) => messages.fresh(position)),
    choice: run.defects,
    rows,
    rotation: dayNumber(date) * 24 + hour,
    aimAtBoundaries: true,
    extra: repeats,
  });
  const endsBare = place.isLast && wants(run.defects, 'no_final_newline');
  return writeFile(run, recorder, async (output) => {
    if (place.isFirst && wants(run.defects, 'byte_order_mark')) {
      output.add(BYTE_ORDER_MARK);
      recorder.addMess('byte_order_mark');
    }
    await writeRows({
      output,
      recorder,
      rows,
      line: (row) => {
        const fields = messages.next(row);
        if (RepeatPool.isKept(row, rows)) pool.keep(fields, recorder);
        return messageLine(fields);
      },
      plan,
      last: endsBare ? bareMessage(messages.fresh(rows)) : undefined,
      onRows: (count) => run.onRows(path, count),
    });
  });
}
