/**
 * A client of the dashboard's HTTP interface: every path, parameter, body and answer is of the types that its description gives.
 *
 *     const dashboard = dashboardClient({ baseUrl: 'https://tonghop.example.vn', headers: { authorization: `Bearer ${key}` } });
 *     const { data, error } = await dashboard.GET('/v1/rollups', { params: { query: { unit: '01', window: '2026-Q1' } } });
 *
 * `error` is a problem (RFC 9457). Answers are taken at the description's word: nothing is checked as it comes in.
 */
import createClient, { type ClientOptions } from 'openapi-fetch';
import type { paths } from './dashboard.js';

export type { components, paths } from './dashboard.js';

/** JSON is what it reads; the tables (CSV, XLSX, NDJSON) are files, to be had by the same paths. */
type Read = 'application/json' | 'application/problem+json';

/** @param options `baseUrl`, `headers`, a `fetch` of one's own; what openapi-fetch takes */
export const dashboardClient = (options: ClientOptions = {}) =>
  createClient<paths, Read>({ ...options, headers: { accept: 'application/json', ...options.headers } });
