/**
 * Against forged requests (CSRF): what changes something by a cookie has to come from a page of this service itself.
 *
 * Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`), and no page can say it otherwise. A request with a cookie that says
 * neither is refused. Requests with a key or a token need none of this: a browser adds neither by itself.
 */
import type { IncomingHttpHeaders } from 'node:http';

const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Whether a request changes nothing, or comes from the origin of the service. */
export const isSameOrigin = (method: string, headers: IncomingHttpHeaders): boolean => {
  if (safe.has(method)) return true;
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site === 'same-origin';
  return origin !== undefined && host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
};
