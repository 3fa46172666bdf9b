import { copiesOf, servicesCommand } from './services.js';

describe('how many processes of each service', () => {
  const told = (copies: Map<string, number>) =>
    Object.fromEntries([...copies].filter(([name, count]) => count !== 1 && name !== 'demo-sign-in'));

  it.each([
    [1, {}],
    [2, { 'rollup-check': 2, 'rollup-province': 2 }],
    [16, { 'rollup-check': 4, 'rollup-province': 4 }],
  ])('there are follows the cores: %i', (cores, expected) =>
    expect(told(copiesOf(undefined, undefined, cores))).toEqual(expected),
  );

  it('is none of a service for demonstrations that is not named', () => {
    expect(copiesOf().get('demo-sign-in')).toBe(0);
    expect(copiesOf('dashboard,demo-sign-in').get('demo-sign-in')).toBe(1);
  });

  it('is what --copies says, by the short name or the long one, and none of those that --only leaves out', () => {
    const copies = copiesOf('check,projection', 'check=3,rollup-ministry=1,projection=2', 2);
    expect(Object.fromEntries([...copies].filter(([, count]) => count > 0))).toEqual({
      'rollup-check': 3,
      'rollup-ministry': 1,
      projection: 2,
    });
  });

  it('is asked of services that there are', () => {
    expect(() => copiesOf('commune')).toThrow('no service commune; one of rollup-check');
  });
});

describe('npm run services', () => {
  const given = process.env;
  afterEach(() => {
    process.env = given;
    jest.restoreAllMocks();
  });

  it('refuses to start where people have nowhere to sign in, and says so in Vietnamese first', async () => {
    process.env = { KAFKA_BROKERS: 'none:1', MONGODB_URI: 'mongodb://none', REDIS_URL: 'redis://none' };
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await servicesCommand([])).toBe(2);
    expect(said.mock.calls.join('')).toMatch(/^Thiếu OIDC_ISSUER.*ACCESS=demo.* \/ OIDC_ISSUER is missing/);
  });
});
