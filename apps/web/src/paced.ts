/**
 * Asks again at a bounded pace: at once when idle, never twice at a time, never closer than `gap` milliseconds, and no request is lost.
 *
 * A plain throttle would cancel and restart slow answers for ever under steady events, or drop the last event; this waits for the answer. After the
 * last that was asked for it asks once more: an event of the stream comes some milliseconds before MongoDB has what it says, so the answer
 * that was asked for at once may be from before it.
 */
export function paced(run: () => Promise<unknown>, gap: number): { ask(): void } {
  let asked = false;
  let busy = false;

  const start = async (): Promise<void> => {
    busy = true;
    let isLast = false;
    while (asked || !isLast) {
      isLast = !asked;
      asked = false;
      const rest = new Promise<void>((resolve) => setTimeout(resolve, gap));
      try {
        await run();
      } catch {
        // A failed answer is the query's to show; the pace goes on.
      }
      await rest;
    }
    busy = false;
  };

  return {
    ask() {
      asked = true;
      if (!busy) start().catch((error: unknown) => reportError(error));
    },
  };
}
