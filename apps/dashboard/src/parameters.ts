/** How parameters look, for the API's description: what a schema allows, requests.ts takes. */
import { indicators } from '#domain';

export const unitSchema = { type: 'string', pattern: '^(VN|[0-9]{2}|[0-9]{5})$', example: '01' } as const;

export const windowSchema = {
  type: 'string',
  pattern: '^20(2[5-9]|30)(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?$',
  example: '2026-Q1',
} as const;

/** So many windows a stream brings at most; a year has twenty. */
export const MOST_WINDOWS = 24;

const window = windowSchema.pattern.slice(1, -1);
export const windowsSchema = {
  type: 'string',
  pattern: `^${window}(,${window}){0,${MOST_WINDOWS - 1}}$`,
  example: '2026-03,2026-Q1',
} as const;

export const yearSchema = { type: 'string', pattern: '^20(2[5-9]|30)$', example: '2026' } as const;

/** A month that is reported about. */
export const periodSchema = {
  type: 'string',
  pattern: '^20(2[5-9]|30)-(0[1-9]|1[0-2])$',
  example: '2026-03',
} as const;

export const indicatorSchema = { type: 'string', enum: indicators.map(({ code }) => code), example: 'b' };

export const reportingUnitSchema = { type: 'string', pattern: '^([0-9]{2}|[0-9]{5})$', example: '01' } as const;

export const provinceSchema = { type: 'string', pattern: '^[0-9]{2}$', example: '01' } as const;

/** The place where the page before ended. */
export const cursorQuery = (pattern: RegExp) => ({
  name: 'cursor',
  required: false,
  schema: { type: 'string', pattern: pattern.source } as const,
  description: "A page's `next`",
});

export const limitQuery = (usual: number, most: number) => ({
  name: 'limit',
  required: false,
  schema: { type: 'integer', minimum: 1, maximum: most, default: usual } as const,
});

export const indicatorGroups = ['target', 'activity'] as const;

export const groupQuery = {
  name: 'group',
  required: false,
  description: 'Only the indicators that plans set targets for, or only the others',
  schema: { type: 'string', enum: [...indicatorGroups] },
};
