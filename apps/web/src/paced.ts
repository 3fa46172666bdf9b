/**
 * Asks again at a bounded pace: at once when idle, never twice at a time, never closer than `gap` milliseconds, and no request is lost.
 *
 * A plain throttle would cancel and restart slow answers for ever under steady events, or drop the last event; this waits for the answer.
 */
export function paced(run: () => Promise<unknown>, gap: number): { ask(): void } {
  let asked = false;
  let busy = false;

  const start = async (): Promise<void> => {
    busy = true;
    do {
      asked = false;
      const rest = new Promise<void>((resolve) => setTimeout(resolve, gap));
      try {
        await run();
      } catch {
        // A failed answer is the query's to show; the pace goes on.
      }
      await rest;
    } while (asked);
    busy = false;
  };

  return {
    ask() {
      asked = true;
      if (!busy) start().catch((error: unknown) => reportError(error));
    },
  };
}
