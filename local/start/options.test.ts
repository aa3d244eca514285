import { describe, expect, it } from 'vitest';

import { parseOptions, UsageError } from './options.ts';

describe('the options of npm start', () => {
  it('are generated sources of four days unless told otherwise', () => {
    expect(parseOptions([])).toEqual({
      sources: { kind: 'generated', scale: 0.01, seed: 42 },
      days: ['2025-11-20', '2025-11-21', '2025-11-22', '2025-11-23'],
      isFresh: false,
      keepsRunning: false,
    });
  });

  it('may name a folder, whose days are then those found', () => {
    expect(parseOptions(['--sources', 'mine', '--fresh', '--keep-running'])).toEqual({
      sources: { kind: 'given', directory: 'mine' },
      days: undefined,
      isFresh: true,
      keepsRunning: true,
    });
  });

  it('may plant effects', () => {
    const { sources } =
      parseOptions(['--effect', 'complaints,state=TX,times=2', '--effect', 'slower,times=3']) ?? {};
    expect(sources).toMatchObject({
      effects: {
        texts: ['complaints,state=TX,times=2', 'slower,times=3'],
        planted: { complainers: [{ state: 'TX', times: 2 }], slowdowns: [{ times: 3 }] },
      },
    });
  });

  it.each([
    [['--effect', 'faster'], '--effect faster'],
    [['--sources', '.', '--effect', 'slower,times=3'], '--effect'],
    [['--sceal', '1'], '--sceal'],
    [['--scale', '0'], '--scale 0'],
    [['--scale', 'big'], '--scale big'],
    [['--seed', '-1'], '--seed'],
    [['--days', '2025-11-31'], '2025-11-31'],
    [['--days', '2025-11-23..2025-11-20'], '2025-11-23..2025-11-20'],
    [['2025-11-20'], '2025-11-20'],
    [['--sources', '.', '--scale', '1'], '--scale and --seed'],
  ])('%j are refused, and the reason is said', (args, reason) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow(reason);
  });
});
