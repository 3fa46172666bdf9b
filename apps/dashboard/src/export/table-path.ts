/**
 * A path that ends in the form of a table (`/v1/rollups.csv?…`) is the path without that end, asked for in that form: so each route has one
 * rule, one limit and one description.
 */
import type { IncomingMessage } from 'node:http';
import { mediaTypes, type TableFormat } from '#service/http';

/** Answers that are lists of alike things. */
const LISTS =
  /^(\/v1\/(?:rollups(?:\/monthly)?|completeness|rejections|held|reminders|audit|summaries|units|catalogue|units\/[^/]+\/(?:children|history|table|calendar|suspicious)))\.(csv|xlsx|ndjson)$/;

/** The address that is answered, with the form noted in `Accept`. */
export const withoutSuffix = (request: Pick<IncomingMessage, 'url' | 'headers'>): string => {
  const { url = '/' } = request;
  const [path] = url.split('?', 1);
  const match = LISTS.exec(path);
  if (match === null) return url;
  request.headers.accept = mediaTypes[match[2] as TableFormat];
  return match[1] + url.slice(path.length);
};
