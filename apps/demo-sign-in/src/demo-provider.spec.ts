import { parseConfig } from '#service';
import { demoSignInSchema } from './demo-sign-in.config.js';
import { isOnThisMachine } from './demo-provider.js';

describe('the demonstration provider', () => {
  it.each([
    ['http://127.0.0.1:8080/sign-in/callback', true],
    ['http://localhost:31337/sign-in/callback', true],
    ['http://[::1]:8080/sign-in/callback', true],
    ['https://localhost:8080/sign-in/callback', true],
    ['http://localhost.evil.example/sign-in/callback', false],
    ['http://127.0.0.1:8080/elsewhere', false],
    ['http://10.0.0.1:8080/sign-in/callback', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('answers this machine alone: %s %s', (uri, expected) => expect(isOnThisMachine(uri)).toBe(expected));

  const demo = { ACCESS: 'demo', OIDC_ISSUER: 'http://127.0.0.1:8082' };

  it('starts in a demonstration and nowhere else', () => {
    expect(parseConfig(demoSignInSchema, demo)).toMatchObject(demo);
    expect(() => parseConfig(demoSignInSchema, { ...demo, ACCESS: undefined })).toThrow('ACCESS: is not demo');
    expect(() => parseConfig(demoSignInSchema, { ...demo, NODE_ENV: 'production' })).toThrow('NODE_ENV: is production');
    expect(() => parseConfig(demoSignInSchema, { ...demo, OIDC_ISSUER: 'http://10.0.0.1' })).toThrow('OIDC_ISSUER');
  });
});
