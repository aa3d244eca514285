import { describe, expect, it } from 'vitest';
import { DeployError, messageOf, readOptions, usageOf } from './command.ts';

const command = {
  name: 'node deploy/example.ts',
  purpose: 'Does something.',
  options: {
    bucket: { value: 'NAME', meaning: 'where' },
    source: { meaning: 'what', default: 'sms' },
    hour: { meaning: 'when', optional: true },
  },
};

describe('options', () => {
  it('are those given, then defaults', () => {
    const option = readOptions(command, ['--bucket', 'b', '--hour=3']);
    expect([option?.('bucket'), option?.('source'), option?.('hour')]).toEqual(['b', 'sms', '3']);
  });

  it('that are missing, empty or unknown are refused by name', () => {
    expect(() => readOptions(command, [])).toThrow('Missing: --bucket.');
    expect(() => readOptions(command, ['--bucket', ''])).toThrow('Missing: --bucket.');
    expect(() => readOptions(command, ['--bucket', 'b', '--buckets', 'c'])).toThrow(/--buckets/);
  });

  it('are described on --help', () => {
    expect(readOptions(command, ['--help'])).toBeUndefined();
    expect(usageOf(command)).toMatch(/--source TEXT +what \(default: sms\)/);
  });
});

it('an error is told with every cause, our own without a name', () => {
  const cause = new TypeError('refused');
  expect(messageOf(new Error('fetch failed', { cause }))).toBe('fetch failed (TypeError: refused)');
  expect(messageOf(new DeployError('Look here.'))).toBe('Look here.');
});
