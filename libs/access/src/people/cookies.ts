/**
 * The cookies of sign-in: what a script cannot read, another site cannot send along, and no other host can set.
 *
 * `__Host-` makes the browser keep to that (Secure, Path=/, no Domain). A demonstration over plain http cannot have it and uses other names.
 */
import { fastifyCookie } from '@fastify/cookie';
import type { IncomingHttpHeaders } from 'node:http';

export type CookieName = 'tonghop' | 'tonghop-sign-in';

/** @param isPlain the demonstration, reached by http */
const cookieName = (name: CookieName, isPlain: boolean): string => (isPlain ? name : `__Host-${name}`);

const { parse, serialize } = fastifyCookie;

const attributes = (isPlain: boolean) => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: !isPlain }) as const;

/** A `Set-Cookie` that lasts until the browser is closed. */
export const setCookie = (name: CookieName, value: string, isPlain: boolean): string =>
  serialize(cookieName(name, isPlain), value, attributes(isPlain));

/** A `Set-Cookie` that takes it away. */
export const clearCookie = (name: CookieName, isPlain: boolean): string =>
  serialize(cookieName(name, isPlain), '', { ...attributes(isPlain), maxAge: 0 });

/** The value that a request brings; undefined for none or for one that this service never gave. */
export const cookieIn = (headers: IncomingHttpHeaders, name: CookieName, isPlain: boolean): string | undefined => {
  const value = parse(headers.cookie ?? '')[cookieName(name, isPlain)];
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
};
