/** Something to run beside others. */
export interface Job {
  readonly name: string;
  /** About how long it takes by itself, in seconds; a job without it is quick. */
  readonly seconds?: number;
  /** Name of a job that has to have ended before; it may not be among those to run. */
  readonly after?: string;
}

/**
 * Runs all jobs, so many at a time. As long as there are quick ones, one of them is always under way, in the order in
 * which they are written, so that a slip shows within a minute; beside it the longest first, so that all ends together.
 * Throws when jobs wait for each other.
 */
export async function schedule<J extends Job>(
  jobs: readonly J[],
  atATime: number,
  run: (job: J) => Promise<void>,
): Promise<void> {
  const waiting = new Set(jobs);
  const running = new Map<J, Promise<void>>();
  const hasEnded = (name: string): boolean =>
    ![...waiting, ...running.keys()].some((job) => job.name === name);
  while (waiting.size + running.size > 0) {
    const ready = [...waiting].filter(({ after }) => after === undefined || hasEnded(after));
    const next = running.size < atATime ? choose(ready, [...running.keys()]) : undefined;
    if (next !== undefined) {
      waiting.delete(next);
      running.set(
        next,
        run(next).finally(() => running.delete(next)),
      );
    } else if (running.size > 0) await Promise.race(running.values());
    else throw new Error(`These wait for each other: ${[...waiting].map(({ name }) => name).join(', ')}`);
  }
}

const isQuick = ({ seconds }: Job): boolean => seconds === undefined;

function choose<J extends Job>(ready: readonly J[], running: readonly J[]): J | undefined {
  const quick = ready.find(isQuick);
  if (quick !== undefined && !running.some(isQuick)) return quick;
  return ready.toSorted((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0))[0];
}
