/**
 * `fetch` for whom the service tells to come again (429): waits as long as it says, and asks again. A limit is no fault to be shown.
 *
 * After some times the answer is handed on as it is: whoever looks learns that something is wrong. An `AbortSignal` ends the waiting too.
 */
const mostWaits = 5;
const longestWait = 30_000;
const usualWait = 1000;

/** Milliseconds that a `Retry-After` asks for. */
export const waitAsked = (header: string | null): number => {
  const seconds = Number(header ?? NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, longestWait) : usualWait;
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });

/** @param wait takes the place of waiting in a test */
export async function patientFetch(request: Request, wait = pause): Promise<Response> {
  for (let waits = 0; ; waits += 1) {
    // A request is sent once: what may have to be asked again is asked by a copy.
    const response = await fetch(request.clone());
    if (response.status !== 429 || waits === mostWaits) return response;
    await wait(waitAsked(response.headers.get('retry-after')), request.signal);
  }
}
