/** Asks the dashboard for a national summary, waits until it is issued, and holds it against a recomputation. */
import { unitOf, windowCode, type Recomputation, type Rollup } from '#domain';

const WAIT_MS = 60_000;

interface Summary {
  readonly status: string;
  readonly error?: string;
}
interface Content {
  readonly indicators: readonly (Rollup & { numerator: number | null })[];
}

/** The id of the issued summary. Throws where it failed or did not come in a minute. */
export const issueSummary = async (dashboard: string, window: number): Promise<string> => {
  const response = await fetch(`${dashboard}/v1/summaries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ window: windowCode(window) }),
  });
  if (response.status !== 202) throw new Error(`the dashboard answered ${response.status}: ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    const summary = (await (await fetch(`${dashboard}/v1/summaries/${id}`)).json()) as Summary;
    if (summary.status === 'issued') return id;
    if (summary.status === 'failed') throw new Error(`summary ${id} failed: ${summary.error ?? ''}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`summary ${id} was not issued in ${WAIT_MS / 1000} s`);
};

/** How many indicators of an issued summary equal the recomputation. Throws with the first that does not. */
export const compareSummary = async (
  dashboard: string,
  id: string,
  window: number,
  reference: Recomputation,
): Promise<number> => {
  const content = (await (await fetch(`${dashboard}/v1/summaries/${id}.json`)).json()) as Content;
  const expected = reference.rollups((unit) => unit === unitOf('VN'), window);
  for (const { indicator, numerator, denominator, value, percent } of content.indicators) {
    const rollup = expected.get(`VN|${windowCode(window)}|${indicator}`);
    const said = JSON.stringify([numerator ?? null, denominator ?? null, value ?? null, percent]);
    const plain = JSON.stringify([
      rollup?.numerator ?? null,
      rollup?.denominator ?? null,
      rollup?.value ?? null,
      rollup?.percent ?? null,
    ]);
    if (said !== plain) throw new Error(`summary ${id}, ${indicator}: ${said}, but a recomputation gives ${plain}`);
  }
  return content.indicators.length;
};
