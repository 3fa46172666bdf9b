/**
 * Asks again at a bounded pace: at once when idle, never twice at a time, never closer than `gap` milliseconds, and no request is lost.
 *
 * A plain throttle would cancel and restart slow answers for ever under steady events, or drop the last event; this waits for the answer.
 */
export function paced(run: () => Promise<unknown>, gap: number): { ask(): void } {
  let asked = false;
  let busy = false;

  const start = async (): Promise<void> => {
    asked = false;
    busy = true;
    const rest = new Promise<void>((resolve) => setTimeout(resolve, gap));
    // A failed answer is the query's to show; the pace goes on.
    await Promise.all([rest, run().catch(() => undefined)]);
    busy = false;
    if (asked) void start();
  };

  return {
    ask() {
      asked = true;
      if (!busy) void start();
    },
  };
}
