import { dashboardAddress } from './dashboard-address.js';

describe('where the dashboard is reached from this machine', () => {
  const tls = { TLS_CERT_FILE: 'cert.pem', TLS_KEY_FILE: 'key.pem' };

  it.each([
    [{}, 'http://127.0.0.1:8080'],
    [{ DASHBOARD_PORT: '1', TLS_CERT_FILE: '' }, 'http://127.0.0.1:1'],
    [{ ...tls }, 'https://localhost:8080'],
    [{ ...tls, DASHBOARD_PORT: '1', PUBLIC_URL: '' }, 'https://localhost:1'],
    [{ ...tls, PUBLIC_URL: 'https://tonghop.example/x' }, 'https://tonghop.example'],
    [{ PUBLIC_URL: 'https://tonghop.example' }, 'http://127.0.0.1:8080'],
  ])('%j: %s', (env, expected) => expect(dashboardAddress(env)).toBe(expected));
});
