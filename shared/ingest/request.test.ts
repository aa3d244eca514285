import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidRequest } from '../runtime/errors.ts';
import { isCalendarDate, parseIngestRequest } from './request.ts';

describe('an ingest request', () => {
  it('is read with its defaults', () => {
    expect(parseIngestRequest({ partition_date: '2025-11-20' }, 'daily')).toEqual({
      date: '2025-11-20',
      hour: null,
      force: false,
      acceptVolume: false,
      withdraw: false,
      restore: null,
    });
    expect(
      parseIngestRequest({ partition_date: '2024-02-29', partition_hour: 0, force: true }, 'hourly'),
    ).toMatchObject({
      hour: 0,
      force: true,
    });
  });

  it.each([
    [null, 'the event'],
    ['2025-11-20', 'the event'],
    [{}, 'partition_date'],
    [{ partition_date: '2025-02-30' }, 'partition_date'],
    [{ partition_date: '20251120' }, 'partition_date'],
    [{ partition_date: 20251120 }, 'partition_date'],
    [{ partition_date: '2025-11-20', partition_hour: 3 }, 'partition_hour'],
    [{ partition_date: '2025-11-20', force: 'yes' }, 'force'],
    [{ partition_date: '2025-11-20', acceptVolume: true }, '"acceptVolume"'],
    [{ partition_date: '2025-11-20', withdraw: 1 }, 'withdraw'],
    [{ partition_date: '2025-11-20', restore: 'latest' }, 'restore'],
    [{ partition_date: '2025-11-20', restore: '20251121T031500123Z-0a1b2c3d', force: true }, 'restore'],
  ])('%j is refused, naming the field', (event, field) => {
    expect(() => parseIngestRequest(event, 'daily')).toThrow(InvalidRequest);
    expect(() => parseIngestRequest(event, 'daily')).toThrow(field);
  });

  it.each([[undefined], [24], [-1], [1.5], ['8'], [null]])(
    'of an hourly source with hour %j is refused',
    (hour) => {
      const event = { partition_date: '2025-11-20', ...(hour === undefined ? {} : { partition_hour: hour }) };
      expect(() => parseIngestRequest(event, 'hourly')).toThrow('partition_hour');
    },
  );
});

it('every day of the calendar is a date, and nothing else is', () => {
  const days = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (day) => {
      const text = day.toISOString().slice(0, 10);
      expect(isCalendarDate(text)).toBe(true);
      expect(isCalendarDate(`${text} `)).toBe(false);
    }),
  );
  expect(['2025-02-29', '2025-13-01', '2025-00-10', '2025-1-1', ''].filter(isCalendarDate)).toEqual([]);
});
