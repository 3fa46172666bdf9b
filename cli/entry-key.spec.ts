import { withEntry } from './entry-key.js';

describe('how the dashboard hands on what is typed', () => {
  it('is the intake beside it, with the key that the operator names', async () => {
    const { env } = await withEntry({ INTAKE_KEY: 'th_key', INTAKE_PORT: '9000', ACCESS: 'demo' });
    expect(env).toMatchObject({ INTAKE_URL: 'http://127.0.0.1:9000', INTAKE_KEY: 'th_key' });
    const tls = await withEntry({ INTAKE_KEY: 'th_key', TLS_CERT_FILE: 'cert.pem' });
    expect(tls.env.INTAKE_URL).toBe('https://localhost:8081');
  });

  it('is the intake that is named, and nothing is issued outside of a demonstration', async () => {
    const { env } = await withEntry({ INTAKE_URL: 'https://intake.example', KAFKA_BROKERS: 'nobody:1' });
    expect(env).toEqual({ INTAKE_URL: 'https://intake.example', KAFKA_BROKERS: 'nobody:1' });
  });
});
