import { describe, expect, it } from 'vitest';
import { checkOptions, parseCommandLine, parseDays } from './options.ts';
import { UsageError } from './usage-error.ts';

describe('parseCommandLine', () => {
  it('fills in what is left out', () => {
    expect(parseCommandLine(['--out', 'x'])).toEqual({
      out: 'x',
      scale: 0.01,
      days: ['2025-11-20', '2025-11-21', '2025-11-22', '2025-11-23'],
      seed: 42,
      smsHours: [8, 12, 18],
      defects: 'all',
      withPhone: false,
    });
  });

  it('takes every option', () => {
    const args =
      '--out x --scale 1 --days 2024-02-28..2024-03-01 --seed 7 --sms-hours 0,23 --with-phone --clean --effect complaints,state=TX,times=2';
    expect(parseCommandLine(args.split(' '))).toEqual({
      out: 'x',
      scale: 1,
      days: ['2024-02-28', '2024-02-29', '2024-03-01'],
      seed: 7,
      smsHours: [0, 23],
      defects: 'none',
      withPhone: true,
      effects: expect.objectContaining({ complainers: [{ state: 'TX', times: 2 }] }),
    });
  });

  it('answers a call for help', () => {
    expect(parseCommandLine(['--help'])).toBeNull();
  });

  it.each([
    [['--out', 'x', '--scal', '1'], /--scal/u],
    [['--scale', '1'], /--out/u],
    [['--out', 'x', 'y'], /y/u],
    [['--out', 'x', '--scale', 'large'], /large/u],
    [['--out', 'x', '--effect', 'faster'], /faster/u],
    [['--out', 'x', '--days', '2025-02-30'], /2025-02-30/u],
    [['--out', 'x', '--days', '2025-11-23..2025-11-20'], /in order/u],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(UsageError);
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});

describe('checkOptions', () => {
  const good = { out: 'x', scale: 1, days: ['2025-11-20'], seed: 1 };

  it.each([
    [{ scale: 0 }, /--scale/u],
    [{ scale: NaN }, /--scale/u],
    [{ seed: 1.5 }, /--seed/u],
    [{ days: [] }, /--days/u],
    [{ days: ['2025-11-21', '2025-11-20'] }, /--days/u],
    [{ smsHours: [24] }, /--sms-hours/u],
    [{ smsHours: [8, 8] }, /--sms-hours/u],
  ])('refuses %j', (change, message) => {
    expect(() => checkOptions({ ...good, ...change })).toThrow(message);
  });

  it('accepts no SMS hours at all', () => {
    expect(() => checkOptions({ ...good, smsHours: [] })).not.toThrow();
    expect(parseDays('2025-11-20')).toEqual(['2025-11-20']);
  });
});
