import { expect, it } from 'vitest';
import { schedule, type Job } from './schedule.ts';

/** Runs jobs on a clock of their own seconds; tells who began when, and when all had ended. */
async function told(atATime: number, jobs: readonly Job[]): Promise<{ began: string[]; end: number }> {
  const began: string[] = [];
  const ends: { at: number; end: () => void }[] = [];
  let now = 0;
  const all = schedule(jobs, atATime, ({ name, seconds = 1 }) => {
    began.push(`${name} at ${now}`);
    return new Promise((end) => ends.push({ at: now + seconds, end }));
  });
  let isOver = false;
  const over = all.finally(() => (isOver = true)).catch(() => undefined);
  for (;;) {
    await new Promise(setImmediate);
    const next = ends.toSorted((a, b) => a.at - b.at)[0];
    if (isOver || next === undefined) break;
    ends.splice(ends.indexOf(next), 1);
    now = next.at;
    next.end();
  }
  await over;
  await all;
  return { began, end: now };
}

it('begins with the longest, so that all ends together', async () => {
  const jobs = [20, 30, 70, 60, 40].map((seconds) => ({ name: `${seconds} s`, seconds }));
  expect(await told(2, jobs)).toEqual({
    began: ['70 s at 0', '60 s at 0', '40 s at 60', '30 s at 70', '20 s at 100'],
    end: 120,
  });
});

it('has one quick job under way from the beginning, in the order in which they are written', async () => {
  const jobs: Job[] = [
    { name: 'form' },
    { name: 'shorter', seconds: 5 },
    { name: 'types' },
    { name: 'long', seconds: 9 },
    { name: 'lint' },
  ];
  expect(await told(2, jobs)).toEqual({
    began: ['form at 0', 'long at 0', 'types at 1', 'lint at 2', 'shorter at 3'],
    end: 9,
  });
});

it('waits for what has to come first, where that is to run at all', async () => {
  const build: Job = { name: 'build', seconds: 3 };
  const tests: Job = { name: 'tests', seconds: 50, after: 'build' };
  const other: Job = { name: 'other', seconds: 10 };
  expect(await told(2, [tests, build, other])).toEqual({
    began: ['other at 0', 'build at 0', 'tests at 3'],
    end: 53,
  });
  expect((await told(2, [tests, other])).began).toEqual(['tests at 0', 'other at 0']);
});

it('says so when jobs wait for each other', async () => {
  const jobs: Job[] = [
    { name: 'hen', after: 'egg' },
    { name: 'egg', after: 'hen' },
  ];
  await expect(told(2, jobs)).rejects.toThrow('These wait for each other: hen, egg');
});

it('ends with the error of a job that could not be run', async () => {
  await expect(schedule([{ name: 'one' }], 2, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
