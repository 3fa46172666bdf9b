import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { securityOf } from './security.js';

describe('how a client shows who it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kafka-security-'));
  const file = (name: string): string => {
    writeFileSync(join(folder, name), `the ${name}`);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is not at all where nothing is configured', () => expect(securityOf({})).toEqual({}));

  it('is by user and password', () => {
    const sasl = { mechanism: 'scram-sha-512', username: 'intake', password: 'open' };
    const config = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_USERNAME: 'intake', KAFKA_PASSWORD: 'open' } as const;
    expect(securityOf({ ...config, KAFKA_TLS: true })).toEqual({ ssl: true, sasl });
  });

  it('is by a certificate; naming a file means TLS', () => {
    const files = { KAFKA_TLS_CERT_FILE: file('cert'), KAFKA_TLS_KEY_FILE: file('key') };
    const ssl = { ca: [Buffer.from('the ca')], cert: Buffer.from('the cert'), key: Buffer.from('the key') };
    expect(securityOf({ KAFKA_TLS_CA_FILE: file('ca'), ...files })).toEqual({ ssl });
  });

  it.each([
    ['a user without a password', { KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'intake' }],
    ['a password without a mechanism', { KAFKA_USERNAME: 'intake', KAFKA_PASSWORD: 'open sesame' }],
    ['a certificate without its key', { KAFKA_TLS_CERT_FILE: '/nowhere' }],
    ['files for a TLS that is off', { KAFKA_TLS: false, KAFKA_TLS_CA_FILE: '/nowhere' }],
  ] as const)('is not left half: %s', (_what, config) => {
    expect(() => securityOf(config)).toThrow(/go together|KAFKA_TLS is off/);
    expect(() => securityOf(config)).not.toThrow(/sesame/);
  });
});
