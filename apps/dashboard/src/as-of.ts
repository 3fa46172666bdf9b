/** What routes have in common that answer as of an instant. */
import type { CutOffs } from '#stream';
import { asOfFrom } from './requests.js';

/** So long a request waits until everything that was received by its instant is in. */
const CLOSE_MS = 8_000;

/** The instant as of which is asked, once everything that was received by then is in; undefined: now. */
export const closedInstant = async (
  asOf: string | undefined,
  now: number,
  cutOffs: CutOffs,
): Promise<number | undefined> => {
  const at = asOfFrom(asOf, now);
  if (at !== undefined) await cutOffs.close(at, CLOSE_MS);
  return at;
};

export const asOfQuery = {
  name: 'asOf',
  required: false,
  description: 'As known at this instant (RFC 3339, milliseconds), not later than now',
  schema: { type: 'string', format: 'date-time' },
  example: '2026-04-20T02:30:00.000Z',
} as const;

export const asOfAnswer = (at: number | undefined): { readonly asOf?: string } =>
  at === undefined ? {} : { asOf: new Date(at).toISOString() };
