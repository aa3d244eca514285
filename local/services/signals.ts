/** How long after the first signal a second one means "at once"; a terminal and npm may both pass on the first. */
const SAME_SIGNAL_MS = 1_500;

/** As shells count it: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type EndSignal = keyof typeof EXIT_CODES;

/**
 * Calls `stop` on Ctrl-C, SIGTERM, SIGHUP, or when the process that started us has gone, then ends this process.
 * A second signal later ends it at once; the watchdog then ends what is left.
 */
export function stopOnSignals(stop: (signal: EndSignal) => Promise<void>): void {
  let since: number | undefined;
  const onSignal = (signal: EndSignal) => {
    if (since !== undefined) {
      if (performance.now() - since > SAME_SIGNAL_MS) process.exit(EXIT_CODES[signal]);
      return;
    }
    since = performance.now();
    void stop(signal)
      .catch((error: unknown) => console.error(error instanceof Error ? error.message : error))
      .finally(() => process.exit(EXIT_CODES[signal]));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal));
  process.once('disconnect', () => onSignal('SIGTERM'));
  // Listening must not keep the process alive once its work is done.
  process.channel?.unref();
}
