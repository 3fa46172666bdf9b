/** What routes have in common that answer as of an instant. */

/** So long a request waits until everything that was received by its instant is in. */
export const CLOSE_MS = 8_000;

export const asOfQuery = {
  name: 'asOf',
  required: false,
  description: 'As known at this instant (RFC 3339, milliseconds), not later than now',
  schema: { type: 'string', format: 'date-time' },
  example: '2026-04-20T02:30:00.000Z',
} as const;

export const asOfAnswer = (at: number | undefined): { readonly asOf?: string } =>
  at === undefined ? {} : { asOf: new Date(at).toISOString() };
