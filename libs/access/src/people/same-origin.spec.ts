import { isSameOrigin } from './same-origin.js';

const host = 'tonghop.example:8080';

describe('a request that changes something by a cookie', () => {
  it.each([
    [{ host, 'sec-fetch-site': 'same-origin' }, true],
    [{ host, 'sec-fetch-site': 'same-site' }, false],
    [{ host, 'sec-fetch-site': 'cross-site' }, false],
    [{ host, 'sec-fetch-site': 'none' }, false],
    [{ host, 'sec-fetch-site': 'cross-site', origin: `https://${host}` }, false],
    [{ host, origin: `https://${host}` }, true],
    [{ host, origin: 'https://tonghop.example' }, false],
    [{ host, origin: 'https://tonghop.example:8080.evil.example' }, false],
    [{ host, origin: 'null' }, false],
    [{ host }, false],
    [{ origin: `https://${host}` }, false],
  ])('comes from a page of the service itself: %j %s', (headers, expected) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(isSameOrigin(method, headers)).toBe(expected);
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('is none that only reads: %s', (method) => {
    expect(isSameOrigin(method, { host, 'sec-fetch-site': 'cross-site' })).toBe(true);
  });
});
