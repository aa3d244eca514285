import { expect, it } from 'vitest';
import { partitionAge } from './partition-age.ts';

it('counts from the beginning of a day or of an hour, and never below zero', () => {
  const now = new Date('2025-11-21T02:00:00Z');
  expect(partitionAge({ date: '2025-11-20', hour: null }, now)).toBe(26 * 3600);
  expect(partitionAge({ date: '2025-11-21', hour: 1 }, now)).toBe(3600);
  expect(partitionAge({ date: '2025-11-22', hour: null }, now)).toBe(0);
});
