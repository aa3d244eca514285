import { describe, expect, it } from 'vitest';
import { parseEvent as parse } from './event.ts';

const parseEvent = (event: unknown) => parse(event, { call_logs: 'daily', sms: 'hourly' });

describe('an event', () => {
  it('names a partition', () => {
    expect(parseEvent({ source: 'call_logs', partition_date: '2025-11-20' })).toEqual({
      source: 'call_logs',
      date: '2025-11-20',
      hour: null,
    });
    expect(parseEvent({ source: 'sms', partition_date: '2025-11-20', partition_hour: 0 }).hour).toBe(0);
  });

  it.each([
    ['source', { partition_date: '2025-11-20' }],
    ['source', { source: 'call-logs', partition_date: '2025-11-20' }],
    ['source', { source: 'visits', partition_date: '2025-11-20' }],
    ['source', { source: 'constructor', partition_date: '2025-11-20' }],
    ['source', { source: "x'; drop", partition_date: '2025-11-20' }],
    ['partition_date', { source: 'sms' }],
    ['partition_date', { source: 'sms', partition_date: '2025-02-30' }],
    ['partition_date', { source: 'sms', partition_date: '2025-11-20T00:00:00Z' }],
    ['partition_date', { source: 'sms', partition_date: 20251120 }],
    ['partition_hour', { source: 'sms', partition_date: '2025-11-20' }],
    ['partition_hour', { source: 'call_logs', partition_date: '2025-11-20', partition_hour: 8 }],
    ['partition_hour', { source: 'sms', partition_date: '2025-11-20', partition_hour: 24 }],
    ['partition_hour', { source: 'sms', partition_date: '2025-11-20', partition_hour: '8' }],
    ['hour', { source: 'sms', partition_date: '2025-11-20', hour: 8 }],
  ])('whose %s is wrong is refused by that name', (field, event) => {
    expect(() => parseEvent(event)).toThrow(
      expect.objectContaining({ name: 'InvalidRequest', details: { field } }) as Error,
    );
  });

  it.each([null, 'text', [], 7])('that is no object is refused', (event) => {
    expect(() => parseEvent(event)).toThrow(expect.objectContaining({ name: 'InvalidRequest' }) as Error);
  });
});
