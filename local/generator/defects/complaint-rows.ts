import {
  DEDUPLICATED,
  LOADED,
  QUARANTINED,
  type Factories,
  type Factory,
  type Placed,
  type Plant,
} from './plant.ts';
import type { Closing } from '../complaints/draw.ts';
import type { DefectKind } from './kinds.ts';

/** Places of the columns in a complaint row. */
export interface ComplaintColumns {
  readonly key: number;
  readonly customer: number;
  readonly category: number;
  readonly agent: number;
  readonly status: number;
  readonly opened: number;
  readonly closed: number;
  readonly generated: number;
  /** Media channel, where there is one. */
  readonly platform?: number;
  /** Export index, where there is one. */
  readonly index?: number;
}

export interface ComplaintRowSettings<Row> {
  readonly columns: ComplaintColumns;
  /** Tickets have a resolution time if and only if they are resolved; calls just end. */
  readonly closing: Closing;
  /** Fields of a new, valid complaint. */
  readonly fresh: (position: number) => string[];
  /** The same, of a customer that the customers file does not hold. */
  readonly freshOrphan: (position: number) => string[];
  /** An export index that fits this place in the file. */
  readonly indexAt: (position: number) => string;
  /** Uuid of any customer. */
  readonly anyCustomerId: () => string;
  readonly encode: (fields: readonly string[]) => Row;
  /** Personal data that occurs nowhere else. */
  readonly personalValue: string;
}

export const TOO_LARGE = 'x'.repeat(70_000);
const IMPOSSIBLE_TIMES = [
  '2025-02-30 10:15:00',
  '2025-13-01 08:00:00',
  '2025-06-15 25:61:07',
  'yesterday',
  '20/11/2025 09:30',
];
const IMPOSSIBLE_DATES = ['2025-02-30', '2025-11-31', 'today'];
const UNKNOWN = {
  unknown_category: { column: 'complaint_category', values: ['Billing Dispute', 'SIM Swap'] },
  unknown_status: { column: 'resolution_status', values: ['Escalated', 'Reopened'] },
  unknown_platform: { column: 'media_channel', values: ['TikTok', 'Threads'] },
} as const;

const cycle = (values: readonly string[], variant: number): string => values[variant % values.length] ?? '';

/** Row-level defects that every structured channel can have, whatever its format. */
export function complaintRowFactories<Row>(settings: ComplaintRowSettings<Row>): Factories<Row> {
  const { columns, fresh, freshOrphan, encode } = settings;
  /** A fresh row with some fields overwritten. */
  const changed =
    (
      kind: DefectKind,
      accounts: Plant<Row>['accounts'],
      change: (fields: string[], variant: number) => Pick<Plant<Row>, 'detail' | 'unknown'> | void,
      make = fresh,
    ): Factory<Row> =>
    ({ position, variant }) => {
      const fields = make(position);
      const more = change(fields, variant) ?? {};
      const id = fields[columns.key] ?? '';
      const row = encode(fields);
      return [{ position, plant: { kind, row, accounts, id: id === '' ? null : id, ...more } }];
    };
  const unknown = (kind: keyof typeof UNKNOWN, place: number): Factory<Row> =>
    changed(kind, LOADED, (fields, variant) => {
      const value = cycle(UNKNOWN[kind].values, variant);
      fields[place] = value;
      return { detail: { value }, unknown: { column: UNKNOWN[kind].column, value } };
    });
  const resolutionDisagrees = changed('resolution_disagrees', LOADED, (fields, variant) => {
    fields[columns.status] = variant % 2 === 0 ? 'Resolved' : 'Backlog';
    fields[columns.closed] = variant % 2 === 0 ? '' : `${fields[columns.generated] ?? ''} 00:00:01`;
  });

  return {
    missing_key: changed('missing_key', QUARANTINED, (fields) => void (fields[columns.key] = '')),
    impossible_date: changed('impossible_date', QUARANTINED, (fields, variant) => {
      const place = [columns.opened, columns.closed, columns.generated][variant % 3] ?? columns.opened;
      fields[place] = cycle(place === columns.generated ? IMPOSSIBLE_DATES : IMPOSSIBLE_TIMES, variant);
      return { detail: { value: fields[place] } };
    }),
    value_too_large: changed(
      'value_too_large',
      QUARANTINED,
      (fields) => void (fields[columns.status] = TOO_LARGE),
    ),
    ...repetitionFactories(settings),
    orphan_customer: changed(
      'orphan_customer',
      LOADED,
      (fields) => ({ detail: { customer_id: fields[columns.customer] ?? '' } }),
      freshOrphan,
    ),
    orphan_agent: changed('orphan_agent', LOADED, (fields, variant) => {
      fields[columns.agent] = String(9000 + (variant % 5));
      return { detail: { agent_id: fields[columns.agent] ?? '' } };
    }),
    empty_customer: changed('empty_customer', LOADED, (fields) => void (fields[columns.customer] = '')),
    padded_customer: changed('padded_customer', LOADED, (fields) => {
      const customer = fields[columns.customer] ?? '';
      fields[columns.customer] = ` ${customer}  `;
      return { detail: { customer_id: customer } };
    }),
    id_mismatch: changed('id_mismatch', LOADED, (fields) => {
      fields[columns.customer] = settings.anyCustomerId();
      return { detail: { customer_id: fields[columns.customer] ?? '' } };
    }),
    unknown_category: unknown('unknown_category', columns.category),
    unknown_status: unknown('unknown_status', columns.status),
    ...(columns.platform === undefined
      ? {}
      : { unknown_platform: unknown('unknown_platform', columns.platform) }),
    unrecognised_value: changed('unrecognised_value', LOADED, (fields) => {
      fields[columns.category] = settings.personalValue;
      return { unknown: { column: 'complaint_category', value: settings.personalValue } };
    }),
    end_before_start: changed('end_before_start', LOADED, (fields) => {
      if (settings.closing === 'ticket') fields[columns.status] = 'Resolved';
      fields[columns.closed] = '2019-04-05 06:07:08';
    }),
    opened_in_future: changed('opened_in_future', LOADED, (fields) => {
      fields[columns.opened] = '2031-01-02 03:04:05';
      if (fields[columns.closed] !== '') fields[columns.closed] = '2031-01-02 03:11:06';
    }),
    ...(settings.closing === 'call' ? {} : { resolution_disagrees: resolutionDisagrees }),
  };
}

/** Identical rows (apart from the index) and conflicting ones; the second may lie far behind the first. */
function repetitionFactories<Row>(settings: ComplaintRowSettings<Row>): Factories<Row> {
  const { columns, fresh, indexAt, encode } = settings;
  const again = (fields: readonly string[], position: number): string[] =>
    fields.map((field, i) => (i === columns.index ? indexAt(position) : field));
  const later = (position: number, rows: number, variant: number): number =>
    variant % 2 === 0 ? position : position + Math.floor((rows - position) / 2);

  return {
    duplicate: ({ position, rows, variant }) => {
      const fields = fresh(position);
      const id = fields[columns.key] ?? '';
      const first: Plant<Row> = { kind: 'duplicate', row: encode(fields), accounts: LOADED, id };
      const copies = 1 + (variant % 3 === 0 ? 1 : 0);
      const sequels = Array.from({ length: copies }, (_, i): Placed<Row> => {
        const at = later(position, rows, variant + i);
        const row = encode(again(fields, at + i + 1));
        return { position: at, plant: { ...first, row, accounts: DEDUPLICATED, isSequel: true } };
      });
      return [{ position, plant: first }, ...sequels];
    },
    conflict: ({ position, rows, variant }) => {
      const fields = fresh(position);
      const id = fields[columns.key] ?? '';
      const at = later(position, rows, variant);
      const winner = again(fields, at + 1);
      winner[columns.agent] = String(1000 + ((Number(fields[columns.agent]) + 37) % 100));
      const detail = {
        loser_agent_id: fields[columns.agent] ?? '',
        winner_agent_id: winner[columns.agent] ?? '',
      };
      const lost: Plant<Row> = { kind: 'conflict', row: encode(fields), accounts: QUARANTINED, id, detail };
      const won: Plant<Row> = { ...lost, row: encode(winner), accounts: LOADED, isSequel: true };
      return [
        { position, plant: lost },
        { position: at, plant: won },
      ];
    },
  };
}
