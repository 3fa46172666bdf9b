import { fastifyCookie } from '@fastify/cookie';
import fastify from 'fastify';
import { clearCookie, cookieIn, setCookie } from './cookies.js';
import { randomId } from './sessions.js';

// What reads and writes cookies is loaded with the plugin.
beforeAll(() => fastify().register(fastifyCookie).ready());

describe('the cookie of a session', () => {
  const id = randomId();

  it('is bound to the host and to https, out of reach of scripts and of other sites', () => {
    expect(setCookie('tonghop', id, false)).toBe(`__Host-tonghop=${id}; Path=/; HttpOnly; Secure; SameSite=Lax`);
    expect(clearCookie('tonghop', false)).toBe('__Host-tonghop=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax');
  });

  it('has another name in a demonstration over http', () => {
    expect(setCookie('tonghop', id, true)).toBe(`tonghop=${id}; Path=/; HttpOnly; SameSite=Lax`);
  });

  it.each([
    [`__Host-tonghop=${id}`, id],
    [`a=b; __Host-tonghop=${id}; c=d`, id],
    [`tonghop=${id}`, undefined],
    ['__Host-tonghop=short', undefined],
    [`__Host-tonghop=${id}${id}`, undefined],
    [`__Host-tonghop=${id.slice(1)}*`, undefined],
    [undefined, undefined],
  ])('is read from %j', (cookie, expected) => {
    expect(cookieIn({ cookie }, 'tonghop', false)).toBe(expected);
  });
});
