import type { MessageFields } from '../sms/messages.ts';
import { TOO_LARGE } from './complaint-rows.ts';
import { INVALID_UTF8, blankLine } from './csv-lines.ts';
import type { DefectKind } from './kinds.ts';
import { DEDUPLICATED, LOADED, QUARANTINED, type Factories, type Factory, type Plant } from './plant.ts';

/** A day that does not exist, an hour that does not exist, no offset, another notation, no time at all. */
const BAD_TIMES = [
  '2025-02-30T08:15:00+00:00',
  '2025-11-20T25:15:00+00:00',
  '2025-11-20T08:15:00',
  '20/11/2025 08:15',
  'soon',
] as const;

export function messageLine(fields: readonly string[]): string {
  return fields.join('|');
}

/** Defects of the SMS inbox: one message a line, no quotes. */
export function messageFactories(fresh: (position: number) => MessageFields): Factories<string> {
  const one =
    (
      kind: DefectKind,
      accounts: Plant<string>['accounts'],
      change: (fields: MessageFields, variant: number) => readonly string[],
    ): Factory<string> =>
    ({ position, variant }) => {
      const fields = change(fresh(position), variant);
      const id = fields[0] ?? '';
      const row = messageLine(fields);
      return [{ position, plant: { kind, row, accounts, id: id === '' ? null : id } }];
    };
  const damaged =
    (kind: DefectKind, damage: (variant: number) => string): Factory<string> =>
    ({ position, variant }) => {
      const [id, at, sender, code, text] = fresh(position);
      const start = messageLine([id, at, sender, code, text.slice(0, 1)]);
      const row = `${start}${damage(variant)}${text.slice(1)}`;
      return [{ position, plant: { kind, row, accounts: QUARANTINED, id, focus: start.length } }];
    };
  return {
    blank_line: blankLine,
    mixed_line_ends: ({ position }) => {
      const fields = fresh(position);
      const row = messageLine(fields);
      const plant: Plant<string> = {
        kind: 'mixed_line_ends',
        row,
        accounts: LOADED,
        id: fields[0],
        focus: row.length,
      };
      return [{ position, plant: { ...plant, lineEnd: '\r\n' } }];
    },
    too_few_fields: one('too_few_fields', QUARANTINED, (fields, variant) =>
      fields.slice(0, 1 + (variant % 4)),
    ),
    impossible_date: one('impossible_date', QUARANTINED, ([id, , ...rest], variant) => [
      id,
      BAD_TIMES[variant % BAD_TIMES.length] ?? 'soon',
      ...rest,
    ]),
    missing_key: one('missing_key', QUARANTINED, ([, ...rest]) => ['', ...rest]),
    value_too_large: one('value_too_large', QUARANTINED, (fields) => [...fields.slice(0, 4), TOO_LARGE]),
    nul_byte: damaged('nul_byte', () => '\0'),
    bare_cr: damaged('bare_cr', () => '\r'),
    invalid_utf8: damaged('invalid_utf8', (variant) => INVALID_UTF8[variant % INVALID_UTF8.length] ?? '\xff'),
    empty_text: one('empty_text', LOADED, (fields) => [...fields.slice(0, 4), '']),
    missing_sender: one('missing_sender', LOADED, ([id, at, , code, text]) => [id, at, '', code, text]),
    ...repetitions(fresh),
  };
}

function repetitions(fresh: (position: number) => MessageFields): Factories<string> {
  const later = (position: number, rows: number, variant: number): number =>
    variant % 2 === 0 ? position : position + Math.floor((rows - position) / 2);
  return {
    duplicate: ({ position, rows, variant }) => {
      const fields = fresh(position);
      const first: Plant<string> = {
        kind: 'duplicate',
        row: messageLine(fields),
        accounts: LOADED,
        id: fields[0],
      };
      const sequel: Plant<string> = { ...first, accounts: DEDUPLICATED, isSequel: true };
      return [
        { position, plant: first },
        { position: later(position, rows, variant), plant: sequel },
      ];
    },
    conflict: ({ position, rows, variant }) => {
      const fields = fresh(position);
      const text = `${fields[4]} (sent again)`;
      const detail = { loser_text: fields[4], winner_text: text };
      const lost: Plant<string> = {
        kind: 'conflict',
        row: messageLine(fields),
        accounts: QUARANTINED,
        id: fields[0],
        detail,
      };
      const row = messageLine([...fields.slice(0, 4), text]);
      return [
        { position, plant: lost },
        {
          position: later(position, rows, variant),
          plant: { ...lost, row, accounts: LOADED, isSequel: true },
        },
      ];
    },
  };
}

/** A good last message without line end. */
export function bareMessage(fields: MessageFields): Plant<string> {
  return { kind: 'no_final_newline', row: messageLine(fields), accounts: LOADED, id: fields[0], lineEnd: '' };
}
