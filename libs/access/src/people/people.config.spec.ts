import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { parseConfig } from '#service';
import { demoClient } from '../demonstration.js';
import { clientOf, offersDemoUsers, peopleChecks, peopleShape } from './people.config.js';

const schema = z.object({ ...peopleShape, PORT: z.coerce.number() }).superRefine(...peopleChecks);
const ours = {
  PORT: '1',
  OIDC_ISSUER: 'https://id.example',
  OIDC_AUDIENCE: 'tonghop',
  OIDC_CLIENT_ID: 'tonghop',
  OIDC_CLIENT_SECRET: 'of our own',
  PUBLIC_URL: 'https://tonghop.example',
};

const faultsOf = (env: Record<string, string | undefined>): string[] => {
  try {
    parseConfig(schema, env);
    return [];
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_CONFIGURATION' });
    return [...(error as Error).message.matchAll(/^ {2}(\w+): (.*)$/gm)].map(([, name, what]) => `${name} ${what}`);
  }
};
const named = (faults: readonly string[]) => faults.map((fault) => fault.split(' ')[0]);

describe('the configuration of sign-in', () => {
  it('is whole with a provider, a client and an address, in production too', () => {
    expect(faultsOf(ours)).toEqual([]);
    expect(faultsOf({ ...ours, NODE_ENV: 'production' })).toEqual([]);
  });

  it('says at once everything that is missing, with what else is wrong', () => {
    expect(named(faultsOf({ PORT: 'none' }))).toEqual([
      'PORT',
      'OIDC_ISSUER',
      'PUBLIC_URL',
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
    ]);
  });

  it('may be without all of it in a demonstration, or have its provider', () => {
    const alone = parseConfig(schema, { PORT: '1', ACCESS: 'demo' });
    expect(offersDemoUsers(alone)).toBe(false);
    const demo = parseConfig(schema, { PORT: '1', ACCESS: 'demo', OIDC_ISSUER: 'http://127.0.0.1:8082' });
    expect(offersDemoUsers(demo)).toBe(true);
    expect(clientOf(demo)).toBe(demoClient);
    const own = parseConfig(schema, { ...ours, ACCESS: 'demo' });
    expect(offersDemoUsers(own)).toBe(false);
  });

  it('says what a sign-in has to take, one word or more, and nothing where it is not set', () => {
    const demanded = (OIDC_REQUIRED_ACR?: string) =>
      parseConfig(schema, { ...ours, OIDC_REQUIRED_ACR }).OIDC_REQUIRED_ACR;
    expect(demanded('urn:agency:2fa, urn:agency:card')).toEqual(['urn:agency:2fa', 'urn:agency:card']);
    expect([demanded(), demanded('')]).toEqual([[], []]);
  });

  it('refuses in production the demonstration, its secrets, and http, all at once', () => {
    const faults = faultsOf({
      PORT: '1',
      NODE_ENV: 'production',
      ACCESS: 'demo',
      OIDC_ISSUER: 'http://127.0.0.1:8082',
      PUBLIC_URL: 'http://tonghop.example',
    });
    expect(faults).toEqual([
      expect.stringMatching(/^ACCESS is demo; production refuses/),
      expect.stringMatching(/^OIDC_ISSUER is http; production takes https only/),
      expect.stringMatching(/^PUBLIC_URL is http; production takes https only/),
    ]);
  });

  it('refuses what the demonstration knows each other by wherever it is none', () => {
    const demo = {
      OIDC_CLIENT_ID: demoClient.id,
      OIDC_CLIENT_SECRET: demoClient.secret,
      OIDC_AUDIENCE: demoClient.audience,
    };
    expect(named(faultsOf({ ...ours, ...demo }))).toEqual(['OIDC_AUDIENCE', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']);
  });

  it.each([
    ['http://id.example', ['OIDC_ISSUER']],
    ['http://127.0.0.1.evil.example', ['OIDC_ISSUER']],
    ['http://localhost:9000', []],
    ['http://127.0.0.1:9000', []],
    ['http://[::1]:9000', []],
    ['ftp://id.example', ['OIDC_ISSUER']],
  ])('takes http outside a demonstration from this machine alone: %s', (OIDC_ISSUER, expected) => {
    expect(named(faultsOf({ ...ours, OIDC_ISSUER }))).toEqual(expected);
  });

  it('reads the secret from a file, and says where it cannot', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tonghop-')), 'secret');
    writeFileSync(file, 'from a file\n');
    const env = { ...ours, OIDC_CLIENT_SECRET: '', OIDC_CLIENT_SECRET_FILE: file };
    expect(clientOf(parseConfig(schema, env))).toEqual({ id: 'tonghop', secret: 'from a file' });
    expect(faultsOf({ ...env, OIDC_CLIENT_SECRET_FILE: `${file}.none` })).toEqual([
      'OIDC_CLIENT_SECRET_FILE cannot be read (ENOENT)',
    ]);
  });
});
